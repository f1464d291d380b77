import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { CheckQuantized } from "./check-quantized";

const layer = (w: Tensor, datatype?: string) =>
  buildModel({
    inputs: { x: [1, 2] },
    constants: { w },
    ...(datatype ? { datatypes: { w: datatype } } : {}),
    nodes: [makeNode("MatMul", ["x", "w"], ["y"])],
  });
const weights = (...values: number[]) => float32Tensor([2, 1], values);

test("integers that fit their type pass", () => {
  expect(CheckQuantized.apply(layer(weights(-8, 7), "INT4"))).toBe(false);
  expect(CheckQuantized.apply(layer(weights(-1, 1), "BIPOLAR"))).toBe(false);
});

test.each<[string, Tensor, string | undefined, string]>([
  ["weights without a type", weights(1, 2), undefined, 'its weights "w" are not quantized'],
  ["weights that are not whole", weights(1, 0.5), "INT4", 'its weights "w" are INT4, but hold 0.5 at 1'],
  ["weights beyond their type", weights(1, 8), "INT4", "hold 8 at 1"],
  ["a bipolar zero", weights(0, 1), "BIPOLAR", "hold 0 at 0"],
  ["wide weights", weights(1, 2), "INT16", "its weights are INT16"],
])("%s are refused", (_, values, datatype, reason) => {
  expect(() => CheckQuantized.apply(layer(values, datatype))).toThrow("MatMul_0 (MatMul): ");
  expect(() => CheckQuantized.apply(layer(values, datatype))).toThrow(reason);
});

test.each([
  ["Relu", "its result is not quantized"],
  ["Pad", "supported on constants only"],
  ["Shape", "the shape of its input is not known"],
])("a %s that is left over is refused", (op, reason) => {
  const model = buildModel({ nodes: [makeNode(op, ["x"], ["y"])] });
  expect(() => CheckQuantized.apply(model)).toThrow(`${op}_0 (${op}): ${reason}`);
});
