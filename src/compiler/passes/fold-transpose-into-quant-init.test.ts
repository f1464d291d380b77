import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { outputsOf } from "../testing/execute";
import { FoldTransposeIntoQuantInit } from "./fold-transpose-into-quant-init";

const input = float32Tensor([1, 3], [1, -2, 3]);
const constants = {
  w: float32Tensor([2, 3], [0.1, 2.2, -3.3, 4.4, -5.5, 6.6]),
  s: float32Tensor([2, 1], [0.5, 0.25]),
  one: scalarTensor(1),
  z: scalarTensor(0),
  bits: scalarTensor(4),
};
const transpose = makeNode("Transpose", ["q"], ["qt"], { perm: ints([1, 0]) });
const matMul = makeNode("MatMul", ["x", "qt"], ["y"]);

test.each(["s", "one"])("weights are transposed, and so is their scale (%s)", (scale) => {
  const quant = inQonnxDomain(makeNode("Quant", ["w", scale, "z", "bits"], ["q"]));
  const model = buildModel({ inputs: { x: [1, 3] }, constants, nodes: [quant, transpose, matMul] });
  const before = outputsOf(model, input);
  expect(FoldTransposeIntoQuantInit.apply(model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Quant", "MatMul"]);
  expect(outputsOf(model, input)).toEqual(before);
});

test("bipolar weights too", () => {
  const quant = inQonnxDomain(makeNode("BipolarQuant", ["w", "one"], ["q"]));
  const model = buildModel({ inputs: { x: [1, 3] }, constants, nodes: [quant, transpose, matMul] });
  const before = outputsOf(model, input);
  FoldTransposeIntoQuantInit.apply(model);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["BipolarQuant", "MatMul"]);
  expect(outputsOf(model, input)).toEqual(before);
});

test("weights that others read as they are stay for them", () => {
  const quant = inQonnxDomain(makeNode("Quant", ["w", "s", "z", "bits"], ["q"]));
  const model = buildModel({
    inputs: { x: [1, 3] },
    outputs: ["y", "sum"],
    constants,
    nodes: [quant, transpose, matMul, makeNode("Add", ["x", "q"], ["sum"])],
  });
  const before = outputsOf(model, input);
  FoldTransposeIntoQuantInit.apply(model);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Quant", "Quant", "MatMul", "Add"]);
  expect(outputsOf(model, input)).toEqual(before);
});

test("an activation is not turned", () => {
  const quant = inQonnxDomain(makeNode("Quant", ["x", "one", "z", "bits"], ["q"]));
  const model = buildModel({
    inputs: { x: [1, 3] },
    constants,
    nodes: [quant, { ...transpose, outputs: ["y"] }],
  });
  expect(FoldTransposeIntoQuantInit.apply(model)).toBe(false);
});
