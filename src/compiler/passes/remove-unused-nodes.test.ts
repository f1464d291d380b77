import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import { buildModel } from "../../onnx/testing/build-model";
import { RemoveUnusedNodes } from "./remove-unused-nodes";

test("a branch that leads nowhere goes as a whole", () => {
  const model = buildModel({
    nodes: [
      makeNode("Relu", ["x"], ["a"]),
      makeNode("Shape", ["a"], ["s"]),
      makeNode("Gather", ["s", "i"], ["g"]),
      makeNode("Neg", ["a"], ["y"]),
    ],
  });
  expect(RemoveUnusedNodes.apply(model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Relu", "Neg"]);
  expect(RemoveUnusedNodes.apply(model)).toBe(false);
});
