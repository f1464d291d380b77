import fc from "fast-check";
import { expect, it } from "vitest";
import { mapShape, type NodeKind, sizeOf } from "../../graph/dataflow";
import { graphProblems } from "../../graph/validate";
import { readInput } from "../input";
import { arbitraryCase } from "./arbitrary-graph";

const cases = fc.sample(arbitraryCase, { numRuns: 300, seed: 7 });
const nodes = cases.flatMap(({ graph }) => graph.nodes);

it("makes sound graphs and input that fits them", () => {
  for (const { graph, input } of cases) {
    expect(graphProblems(graph)).toEqual([]);
    expect(readInput(graph, input)).toHaveLength(sizeOf(graph.input.shape));
    expect(graph.nodes.at(-1)?.kind).toBe("LabelSelect");
  }
});

it("reaches every node kind and the corners that break kernels", () => {
  const kinds: NodeKind[] = [
    "FMPadding",
    "ConvolutionInputGenerator",
    "MVAU",
    "VVAU",
    "Thresholding",
    "Pool",
    "ChannelwiseOp",
  ];
  for (const kind of kinds) expect(nodes.filter((node) => node.kind === kind).length).toBeGreaterThan(20);

  const corners = {
    bipolarWeights: nodes.some((node) => node.kind === "MVAU" && node.weights.datatype.name === "BIPOLAR"),
    signedActivations: nodes.some((node) => node.kind === "VVAU" && (node.activation?.actVal ?? 0) < 0),
    lopsidedPadding: nodes.some((node) => node.kind === "FMPadding" && node.pad.left !== node.pad.right),
    dilated: nodes.some((node) => node.kind === "ConvolutionInputGenerator" && node.dilation[0] > 1),
    strided: nodes.some((node) => node.kind === "ConvolutionInputGenerator" && node.stride[1] > 1),
    oddChannels: nodes.some((node) => node.kind === "VVAU" && node.channels % 4 !== 0),
    wholeMap: nodes.some((node) => node.kind === "ConvolutionInputGenerator" && node.kernel[0] > 5),
    nonSquare: nodes.some((node) => mapShape(node.output).height !== mapShape(node.output).width),
    eightBits: nodes.some((node) => node.kind === "MVAU" && node.activation?.thresholds.shape[1] === 255),
  };
  expect(corners).toEqual(Object.fromEntries(Object.keys(corners).map((name) => [name, true])));
});
