import { expect, test } from "vitest";
import { makeNode, shapeOf } from "../../onnx/edit";
import { float32Tensor, int64Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { InferShapes } from "./infer-shapes";

const weights = float32Tensor([3, 2, 1, 1], [1, 2, 3, 4, 5, 6]);

test("shapes run through the graph, to its output", () => {
  const model = buildModel({
    constants: { w: weights, shape: int64Tensor([1, -1]) },
    nodes: [
      makeNode("Conv", ["x", "w"], ["a"]),
      makeNode("Relu", ["a"], ["b"]),
      makeNode("Reshape", ["b", "shape"], ["y"]),
    ],
  });
  expect(InferShapes.apply(model)).toBe(true);
  expect(shapeOf(model.graph, "a")).toEqual([1, 3, 4, 4]);
  expect(shapeOf(model.graph, "b")).toEqual([1, 3, 4, 4]);
  expect(model.graph.outputs[0]?.shape).toEqual([1, 48]);
  expect(InferShapes.apply(model)).toBe(false);
});

test("what the file states is corrected", () => {
  const model = buildModel({ nodes: [makeNode("Relu", ["x"], ["a"]), makeNode("Relu", ["a"], ["y"])] });
  model.graph.valueInfo.set("a", { name: "a", elemType: "float32", shape: [7] });
  InferShapes.apply(model);
  expect(shapeOf(model.graph, "a")).toEqual([1, 2, 4, 4]);
});

test("an open dimension leaves what follows unknown", () => {
  const model = buildModel({
    inputs: { x: ["N", 2] },
    nodes: [makeNode("Relu", ["x"], ["a"]), makeNode("Relu", ["a"], ["y"])],
  });
  InferShapes.apply(model);
  expect(shapeOf(model.graph, "a")).toBeUndefined();
});

test("a layer that does not fit its input is refused by name", () => {
  const model = buildModel({
    inputs: { x: [1, 5, 4, 4] },
    constants: { w: weights },
    nodes: [makeNode("Conv", ["x", "w"], ["y"])],
  });
  expect(() => InferShapes.apply(model)).toThrow(
    "Conv_0 (Conv): weights [3,2,1,1] in 1 groups do not fit 5 channels.",
  );
});
