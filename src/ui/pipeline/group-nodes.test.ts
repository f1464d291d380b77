import { expect, test } from "vitest";
import type { NodeSummary } from "../../workers/emulator-api";
import { groupNodes } from "./group-nodes";

/** A chain of nodes of these kinds, on a map of 4x4, or a vector after "vector". */
function chain(...kinds: (NodeSummary["kind"] | "vector")[]): NodeSummary[] {
  let shape = [1, 4, 4, 8];
  return kinds.flatMap((kind, i) => {
    if (kind === "vector") {
      shape = [1, 8];
      return [];
    }
    return {
      name: `${kind}_${i}`,
      kind,
      inputShape: shape,
      inputType: "UINT4",
      outputShape: shape,
      outputType: "UINT4",
      macs: 1,
      weights: 1,
      pad: null,
      window: null,
    };
  });
}
const titles = (nodes: NodeSummary[]) => groupNodes(nodes).map(({ title }) => title);
const dws = ["FMPadding", "ConvolutionInputGenerator", "VVAU", "MVAU"] as const;

test("MobileNet-v1 falls into its first convolution, 13 dws blocks of four nodes, pool and classifier", () => {
  const mobilenet = chain(
    ...(["ConvolutionInputGenerator", "MVAU"] as const),
    ...Array.from({ length: 13 }, () => dws).flat(),
    ...(["ConvolutionInputGenerator", "Pool", "vector", "MVAU", "ChannelwiseOp", "LabelSelect"] as const),
  );
  const groups = groupNodes(mobilenet);
  expect(groups.map(({ title }) => title)).toEqual([
    "conv",
    ...Array.from({ length: 13 }, (_, i) => `dws ${i + 1}`),
    "pool",
    "fc",
  ]);
  expect(groups.map(({ nodes }) => nodes.length)).toEqual([2, ...Array(13).fill(4), 2, 3]);
});

test("no node is lost or moved", () => {
  const nodes = chain(
    "MVAU",
    "Thresholding",
    "FMPadding",
    "ConvolutionInputGenerator",
    "Pool",
    "LabelSelect",
  );
  expect(groupNodes(nodes).flatMap((group) => group.nodes)).toEqual(nodes);
});

test("thresholds that stand alone stay with their layer", () => {
  const dws = [
    "FMPadding",
    "ConvolutionInputGenerator",
    "VVAU",
    "Thresholding",
    "MVAU",
    "Thresholding",
  ] as const;
  expect(titles(chain(...dws, ...dws))).toEqual(["dws 1", "dws 2"]);
});

test("other chains get other names", () => {
  expect(titles(chain("ConvolutionInputGenerator", "MVAU", "MVAU", "vector", "MVAU", "MVAU"))).toEqual([
    "conv",
    "pointwise",
    "fc 1",
    "fc 2",
  ]);
  expect(titles(chain("FMPadding", "ConvolutionInputGenerator", "VVAU", "FMPadding"))).toEqual([
    "depthwise",
    "other",
  ]);
  expect(titles([])).toEqual([]);
});
