import { expect, test } from "vitest";
import { int, ints } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, int64Tensor } from "../../onnx/tensor";
import { evaluateNode } from "./node";

const run = (opType: string, inputs: (Tensor | undefined)[], attributes = {}) =>
  evaluateNode(makeNode(opType, [], ["y"], attributes, { name: "n" }), inputs)[0]!;
const counting = (...shape: number[]) =>
  float32Tensor(shape, [...Array(shape.reduce((a, b) => a * b, 1)).keys()]);

test("Shape, whole or in part", () => {
  expect(run("Shape", [counting(1, 3, 4)])).toEqual(int64Tensor([1, 3, 4]));
  expect(run("Shape", [counting(1, 3, 4)], { start: int(-2) })).toEqual(int64Tensor([3, 4]));
  expect(run("Shape", [counting(1, 3, 4)], { start: int(0), end: int(1) })).toEqual(int64Tensor([1]));
});

test("Reshape keeps with 0 and fills with -1", () => {
  expect(run("Reshape", [counting(2, 3, 4), int64Tensor([0, -1])]).shape).toEqual([2, 12]);
  expect(() => run("Reshape", [counting(2, 3), int64Tensor([4, -1])])).toThrow(
    "[2,3] can not be reshaped to [4,-1]",
  );
  expect(() => run("Reshape", [counting(2), int64Tensor([0])], { allowzero: int(1) })).toThrow(
    "empty tensor",
  );
});

test("Flatten cuts the shape in two", () => {
  expect(run("Flatten", [counting(2, 3, 4)]).shape).toEqual([2, 12]);
  expect(run("Flatten", [counting(2, 3, 4)], { axis: int(-1) }).shape).toEqual([6, 4]);
});

test("Squeeze and Unsqueeze, axes as attribute or input", () => {
  expect(run("Squeeze", [counting(1, 3, 1)]).shape).toEqual([3]);
  expect(run("Squeeze", [counting(1, 3, 1)], { axes: ints([2]) }).shape).toEqual([1, 3]);
  expect(() => run("Squeeze", [counting(1, 3), int64Tensor([1])])).toThrow("n (Squeeze)");
  expect(run("Unsqueeze", [counting(3), int64Tensor([0, -1])]).shape).toEqual([1, 3, 1]);
  expect(() => run("Unsqueeze", [counting(3)])).toThrow("has no axes");
});

test("Transpose", () => {
  expect([...run("Transpose", [counting(2, 3)]).data]).toEqual([0, 3, 1, 4, 2, 5]);
  expect(run("Transpose", [counting(1, 2, 3)], { perm: ints([0, 2, 1]) }).shape).toEqual([1, 3, 2]);
  expect(() => run("Transpose", [counting(2, 3)], { perm: ints([0, 0]) })).toThrow("perm [0,0]");
});

test("Gather along an axis", () => {
  expect([...run("Gather", [counting(2, 3), int64Tensor([2, -3])], { axis: int(1) }).data]).toEqual([
    2, 0, 5, 3,
  ]);
  const scalar: Tensor = { shape: [], elemType: "int64", data: Float64Array.of(1) };
  expect(run("Gather", [int64Tensor([7, 8, 9]), scalar])).toEqual({ ...scalar, data: Float64Array.of(8) });
  expect(() => run("Gather", [counting(2), int64Tensor([2])])).toThrow("index 2 is outside [0, 2)");
});

test("Concat along an axis", () => {
  expect(run("Concat", [int64Tensor([1]), int64Tensor([-1])], { axis: int(0) })).toEqual(
    int64Tensor([1, -1]),
  );
  const joined = run("Concat", [counting(2, 1), counting(2, 2)], { axis: int(-1) });
  expect([...joined.data]).toEqual([0, 0, 1, 1, 2, 3]);
  expect(() => run("Concat", [counting(2, 1), counting(3, 1)], { axis: int(1) })).toThrow("does not fit");
});

test("Pad with zeros or a value, amounts as attribute or input", () => {
  expect([...run("Pad", [counting(1, 2)], { pads: ints([1, 0, 0, 1]) }).data]).toEqual([0, 0, 0, 0, 1, 0]);
  const padded = run("Pad", [counting(2), int64Tensor([1, 1]), float32Tensor([], [9])]);
  expect([...padded.data]).toEqual([9, 0, 1, 9]);
  expect(() => run("Pad", [counting(2), int64Tensor([-1, 0])])).toThrow("pads [-1,0] are not supported");
});
