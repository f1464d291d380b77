import { expect, test } from "vitest";
import { float, int } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, int64Tensor, scalarTensor } from "../../onnx/tensor";
import { evaluateNode } from "./node";

const run = (opType: string, inputs: Tensor[], attributes = {}) =>
  evaluateNode(makeNode(opType, [], ["y"], attributes, { name: "n" }), inputs)[0]!;
const vector = (...values: number[]) => float32Tensor([values.length], values);

test("arithmetic on two tensors", () => {
  const [a, b] = [vector(6, -3), scalarTensor(4)];
  expect([...run("Add", [a, b]).data]).toEqual([10, 1]);
  expect([...run("Sub", [a, b]).data]).toEqual([2, -7]);
  expect([...run("Mul", [a, b]).data]).toEqual([24, -12]);
  expect([...run("Div", [a, b]).data]).toEqual([1.5, -0.75]);
});

test("functions of one value", () => {
  const x = vector(2.25, -0.5);
  expect([...run("Relu", [x]).data]).toEqual([2.25, 0]);
  expect([...run("Floor", [x]).data]).toEqual([2, -1]);
  expect([...run("Neg", [x]).data]).toEqual([-2.25, 0.5]);
  expect([...run("Sign", [x]).data]).toEqual([1, -1]);
  expect([...run("Sqrt", [vector(2)]).data]).toEqual([Math.fround(Math.sqrt(2))]);
  expect(run("Identity", [x])).toBe(x);
});

test("shape arithmetic stays in integers, and divides towards zero", () => {
  expect(run("Div", [int64Tensor([7, -7]), int64Tensor([2])])).toEqual(int64Tensor([3, -3]));
});

test("refuses what float32 can not compute", () => {
  expect(() => run("Mul", [int64Tensor([5000]), int64Tensor([5000])])).toThrow(
    "n (Mul): computes with integers",
  );
  const double: Tensor = { shape: [], elemType: "float64", data: Float64Array.of(0.1) };
  expect(() => run("Add", [double, double])).toThrow("n (Add): computes in float64");
});

test("casts cut towards zero", () => {
  expect(run("Cast", [vector(2.9, -2.9)], { to: int(7) })).toEqual(int64Tensor([2, -2]));
  expect([...run("Cast", [vector(0.5, 0)], { to: int(9) }).data]).toEqual([1, 0]);
  expect(() => run("Cast", [vector(1)], { to: int(10) })).toThrow("n (Cast): casts to a type");
});

test("batch normalization a channel", () => {
  const parameters = [vector(2, 3), vector(10, 20), vector(1, 2), vector(3, 8)];
  const x = float32Tensor([1, 2, 1, 2], [1, 5, 2, 8]);
  // Scale / sqrt(variance + 1) is 1 for both channels.
  expect([...run("BatchNormalization", [x, ...parameters], { epsilon: float(1) }).data]).toEqual([
    10, 14, 20, 26,
  ]);
});

test("what does not fit is refused by name", () => {
  expect(() => run("Add", [vector(1, 2), vector(1, 2, 3)])).toThrow(
    "n (Add): shapes [2] and [3] do not broadcast.",
  );
  expect(() => run("Add", [vector(1)])).toThrow("n (Add): input 1 is missing.");
  expect(() => run("Softmax", [vector(1)])).toThrow("n (Softmax): this operator is not supported.");
});
