import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import { float32Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { InferShapes } from "./infer-shapes";
import { insertTopK } from "./insert-top-k";

const scores = float32Tensor([1, 4], [1, 5, 5, 2]);
const network = (opset: number) => {
  const model = buildModel({ inputs: { x: [1, 4] }, opset, nodes: [makeNode("Relu", ["x"], ["y"])] });
  InferShapes.apply(model);
  return model;
};

test.each([9, 10, 13])("ends the graph with the best classes, in opset %d", (opset) => {
  const model = network(opset);
  expect(applyUntilStable(insertTopK(3), model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Relu", "TopK"]);
  expect(model.graph.outputs).toEqual([{ name: "topk_indices", elemType: "int64", shape: [1, 3] }]);
  expect([...outputsOf(model, scores)[0]!.data]).toEqual([1, 2, 3]);
  // Before opset 10, k is an attribute.
  expect(model.graph.nodes[1]?.inputs).toHaveLength(opset < 10 ? 1 : 2);
});

test("without a k there are five, or as many as there are classes", () => {
  const model = network(13);
  insertTopK().apply(model);
  expect(model.graph.outputs[0]?.shape).toEqual([1, 4]);
});

test("a TopK that is there keeps its k, unless another is asked for", () => {
  const model = network(13);
  insertTopK(3).apply(model);
  expect(insertTopK().apply(model)).toBe(false);
  expect(insertTopK(3).apply(model)).toBe(false);
  expect(applyUntilStable(insertTopK(2), model)).toBe(true);
  expect([...outputsOf(model, scores)[0]!.data]).toEqual([1, 2]);
  expect(model.graph.outputs[0]?.shape).toEqual([1, 2]);
  expect(() => insertTopK(5).apply(model)).toThrow("Ask for at most 4.");
});
