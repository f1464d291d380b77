import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { ExtractBiasFromConv } from "./extract-bias-from-conv";

const input = float32Tensor([1, 2, 4, 4], [...Array(32).keys()]);
const constants: Record<string, Tensor> = {
  w: float32Tensor([3, 2, 1, 1], [1, 2, 3, 4, 5, 6]),
  b: float32Tensor([3], [0.3, -20.4, 30]),
};

test("a bias becomes an Add along the channels", () => {
  const model = buildModel({ constants, nodes: [makeNode("Conv", ["x", "w", "b"], ["y"])] });
  const before = outputsOf(model, input);
  expect(applyUntilStable(ExtractBiasFromConv, model)).toBe(true);
  expect(model.graph.nodes.map(({ opType, inputs }) => [opType, inputs.length])).toEqual([
    ["Conv", 2],
    ["Add", 2],
  ]);
  expect(model.graph.initializers.get(model.graph.nodes[1]!.inputs[1]!)?.shape).toEqual([1, 3, 1, 1]);
  const after = outputsOf(model, input)[0]!;
  // Conv adds its bias before it rounds, Add after.
  after.data.forEach((value, i) => {
    expect(value).toBeCloseTo(before[0]!.data[i]!, 4);
  });
});

test("a quantized bias stays quantized, with its scale along the channels", () => {
  const model = buildModel({
    constants: {
      ...constants,
      s: float32Tensor([3], [0.5, 1, 2]),
      z: scalarTensor(0),
      bits: scalarTensor(8),
    },
    nodes: [
      inQonnxDomain(makeNode("Quant", ["b", "s", "z", "bits"], ["q"])),
      makeNode("Conv", ["x", "w", "q"], ["y"]),
    ],
  });
  const before = outputsOf(model, input);
  ExtractBiasFromConv.apply(model);
  expect(outputsOf(model, input)).toEqual(before);
  const quant = model.graph.nodes.findLast(({ opType }) => opType === "Quant")!;
  expect(quant.inputs.map((name) => model.graph.initializers.get(name)?.shape)).toEqual([
    [1, 3, 1, 1],
    [1, 3, 1, 1],
    [],
    [],
  ]);
});

test("a bias that is computed is refused", () => {
  const model = buildModel({
    constants,
    nodes: [makeNode("Relu", ["x"], ["r"]), makeNode("Conv", ["x", "w", "r"], ["y"])],
  });
  expect(() => ExtractBiasFromConv.apply(model)).toThrow("Conv_1 (Conv): its bias is computed");
});
