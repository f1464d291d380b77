import { expect, it } from "vitest";
import { uint } from "../../graph/datatype";
import { checkNames } from "../../onnx/check-names";
import { Chain, stairs } from "../testing/chain";
import { edgeCases, hugeSums } from "../testing/edge-cases";
import { mobilenetShaped } from "../testing/mobilenet";
import { writeStandardOnnx } from "./standard-onnx";

const mobilenet = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64, classes: 12 });

it("uses standard operators only, each tensor made once", () => {
  for (const { graph } of [...edgeCases, { graph: mobilenet }]) {
    const { model } = writeStandardOnnx(graph);
    expect([...model.opsets]).toEqual([["", 17]]);
    expect(model.graph.nodes.filter(({ domain }) => domain !== "")).toEqual([]);
    expect(() => checkNames(model.graph)).not.toThrow();
  }
});

it("writes MobileNet as convolutions, lines and a TopK", () => {
  const { model, activations } = writeStandardOnnx(mobilenet);
  const counts: Record<string, number> = {};
  for (const { opType } of model.graph.nodes) counts[opType] = (counts[opType] ?? 0) + 1;
  // 27 layers with thresholds, the pool's sum and the classifier; each layer's line and clip, the
  // pool's shift; the bias.
  expect(counts).toEqual({
    Cast: 1,
    Transpose: 1,
    Conv: 29,
    Mul: 28,
    Add: 28,
    Floor: 28,
    Clip: 27,
    Reshape: 1,
    TopK: 1,
  });
  expect(new Set(activations.values())).toEqual(new Set(["line"]));
});

it("puts every node that computes out under its name, channels first", () => {
  const { model, logits, labels } = writeStandardOnnx(mobilenet);
  const computing = mobilenet.nodes.filter(
    ({ kind }) => kind !== "FMPadding" && kind !== "ConvolutionInputGenerator",
  );
  expect(model.graph.outputs.map(({ name }) => name)).toEqual(computing.map(({ name }) => name));
  expect(model.graph.outputs.find(({ name }) => name === "MVAU_hls_0")?.shape).toEqual([1, 4, 31, 31]);
  expect([logits, labels]).toEqual(["ChannelwiseOp_hls_0", "LabelSelect_hls_0"]);
});

it("compares with thresholds that no line climbs, a limited number of values at a time", () => {
  const bend = Array.from({ length: 255 }, (_, i) => Math.floor((i * i) / 255));
  const graph = new Chain("test", { shape: [1, 200, 300, 1], datatype: uint(8) })
    .thresholding(stairs([bend]), uint(8))
    .window([200, 300], { depthwise: true })
    .pool([200, 300], 0)
    .labelSelect(1)
    .graph();
  const { model, activations } = writeStandardOnnx(graph);
  expect([...activations]).toEqual([["Thresholding_rtl_0", "comparisons"]]);
  const slabs = model.graph.nodes
    .filter(({ opType }) => opType === "GreaterOrEqual")
    .map(({ inputs }) => model.graph.initializers.get(inputs[1] ?? "")?.shape ?? []);
  expect(slabs.reduce((steps, [count = 0]) => steps + count, 0)).toBe(255);
  for (const [count = 0] of slabs) expect(count * 200 * 300).toBeLessThanOrEqual(2 ** 22);
});

it("refuses sums that floats do not hold, by name", () => {
  expect(() => writeStandardOnnx(hugeSums.graph)).toThrow(
    "MVAU_rtl_0 cannot be written as standard ONNX: its values can reach",
  );
});
