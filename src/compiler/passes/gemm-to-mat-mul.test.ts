import { expect, test } from "vitest";
import { float, int } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { Attribute } from "../../onnx/model";
import { float32Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { outputsOf } from "../testing/execute";
import { GemmToMatMul } from "./gemm-to-mat-mul";

const input = float32Tensor([1, 3], [1, -2, 3]);
const constants = {
  w: float32Tensor([3, 2], [1, 2, 3, 4, 5, 6]),
  wt: float32Tensor([2, 3], [1, 2, 3, 4, 5, 6]),
  b: float32Tensor([2], [10, 20]),
};
const gemm = (inputs: string[], attributes: Record<string, Attribute> = {}) =>
  buildModel({ inputs: { x: [1, 3] }, constants, nodes: [makeNode("Gemm", inputs, ["y"], attributes)] });

test.each<[string[], Record<string, Attribute>, string[]]>([
  [["x", "w"], {}, ["MatMul"]],
  [["x", "w", "b"], {}, ["MatMul", "Add"]],
  [["x", "wt", "b"], { transB: int(1) }, ["Transpose", "MatMul", "Add"]],
  [["x", "w", "b"], { alpha: float(0.5) }, ["MatMul", "Mul", "Add"]],
  [["x", "w"], { beta: float(7) }, ["MatMul"]],
])("%s %o", (inputs, attributes, expected) => {
  const model = gemm(inputs, attributes);
  const before = outputsOf(model, input);
  expect(GemmToMatMul.apply(model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(expected);
  expect(outputsOf(model, input)).toEqual(before);
});

test("what a layer does not do is refused", () => {
  expect(() => GemmToMatMul.apply(gemm(["x", "w"], { transA: int(1) }))).toThrow("Gemm_0 (Gemm): transA");
  expect(() => GemmToMatMul.apply(gemm(["x", "w", "b"], { beta: float(2) }))).toThrow("Gemm_0 (Gemm): beta");
});
