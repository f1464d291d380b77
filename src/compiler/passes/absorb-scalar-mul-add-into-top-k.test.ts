import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { float32Tensor, int64Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { AbsorbScalarMulAddIntoTopK } from "./absorb-scalar-mul-add-into-top-k";

const input = float32Tensor([1, 5], [3, 1, 4, 1.5, 9]);

/** Operators left of Neg -> `middle` -> TopK; the winners must stay. */
function left(middle: OnnxNode[], c: Tensor = scalarTensor(0.3), outputs = ["i"]): string[] {
  const model = buildModel({
    inputs: { x: [1, 5] },
    outputs,
    constants: { c, k: int64Tensor([2]) },
    nodes: [makeNode("Neg", ["x"], ["a"]), ...middle, makeNode("TopK", ["b", "k"], ["v", "i"])],
  });
  const before = outputsOf(model, input);
  applyUntilStable(AbsorbScalarMulAddIntoTopK, model);
  expect(outputsOf(model, input)).toEqual(before);
  return model.graph.nodes.map(({ opType }) => opType);
}

test.each(["Mul", "Div", "Add", "Sub"])("a scalar %s goes", (op) => {
  expect(left([makeNode(op, ["a", "c"], ["b"])])).toEqual(["Neg", "TopK"]);
});

test("one after the other", () => {
  expect(left([makeNode("Mul", ["c", "a"], ["m"]), makeNode("Add", ["m", "c"], ["b"])])).toEqual([
    "Neg",
    "TopK",
  ]);
});

test("what changes the order stays", () => {
  expect(left([makeNode("Mul", ["a", "c"], ["b"])], scalarTensor(-1))).toContain("Mul");
  expect(left([makeNode("Div", ["c", "a"], ["b"])])).toContain("Div");
  expect(left([makeNode("Sub", ["c", "a"], ["b"])])).toContain("Sub");
  expect(left([makeNode("Add", ["a", "c"], ["b"])], float32Tensor([5], [1, 2, 3, 4, 5]))).toContain("Add");
});

test("nothing goes if the values are asked for", () => {
  expect(left([makeNode("Mul", ["a", "c"], ["b"])], scalarTensor(2), ["i", "v"])).toContain("Mul");
});
