import { expect, test } from "vitest";
import { int } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import { float32Tensor, int64Tensor } from "../../onnx/tensor";
import { evaluateNode } from "./node";

const scores = float32Tensor([1, 5], [3, 7, 7, -1, 9]);
const run = (attributes = {}, k = 3) =>
  evaluateNode(makeNode("TopK", [], ["v", "i"], attributes, { name: "n" }), [scores, int64Tensor([k])]);

test("best first, and of equals the lower index first", () => {
  const [values, indices] = run();
  expect([...values!.data]).toEqual([9, 7, 7]);
  expect(indices).toEqual({ shape: [1, 3], elemType: "int64", data: Float64Array.of(4, 1, 2) });
});

test("k as an attribute, as before opset 10", () => {
  const [, indices] = evaluateNode(makeNode("TopK", [], ["v", "i"], { k: int(2) }), [scores]);
  expect([...indices!.data]).toEqual([4, 1]);
});

test("what is not supported is refused", () => {
  expect(() => run({ largest: int(0) })).toThrow("n (TopK): only the largest values");
  expect(() => run({ axis: int(0) })).toThrow("along the last axis");
  expect(() => run({}, 6)).toThrow("asks for 6 of 5 values");
});
