import { expect, test } from "vitest";
import { makeNode, setShape } from "../../onnx/edit";
import { scalarTensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { RemoveUnusedTensors } from "./remove-unused-tensors";

test("what no node knows goes; the rest stays", () => {
  const model = buildModel({
    constants: { used: scalarTensor(1), unused: scalarTensor(2) },
    datatypes: { a: "INT4", used: "INT4", unused: "INT4", old: "INT4", x: "UINT8", y: "INT8" },
    nodes: [makeNode("Add", ["x", "used"], ["a"]), makeNode("Relu", ["a"], ["y"])],
  });
  setShape(model.graph, "a", [1]);
  setShape(model.graph, "old", [1]);
  expect(RemoveUnusedTensors.apply(model)).toBe(true);
  expect([...model.graph.initializers.keys()]).toEqual(["used"]);
  expect([...model.graph.valueInfo.keys()]).toEqual(["a"]);
  expect([...model.graph.annotations.keys()]).toEqual(["a", "used", "x", "y"]);
  expect(RemoveUnusedTensors.apply(model)).toBe(false);
});
