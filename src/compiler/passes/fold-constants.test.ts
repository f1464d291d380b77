import { expect, test } from "vitest";
import { int } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import { float32Tensor, int64Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { FoldConstants } from "./fold-constants";
import { InferShapes } from "./infer-shapes";

test("the shape that PyTorch computes for a flatten becomes a constant", () => {
  const index = { shape: [], elemType: "int64" as const, data: Float64Array.of(0) };
  const model = buildModel({
    constants: { zero: index, axis: int64Tensor([0]), rest: int64Tensor([-1]) },
    nodes: [
      makeNode("Shape", ["x"], ["s"]),
      makeNode("Gather", ["s", "zero"], ["n"]),
      makeNode("Unsqueeze", ["n", "axis"], ["n1"]),
      makeNode("Concat", ["n1", "rest"], ["target"], { axis: int(0) }),
      makeNode("Reshape", ["x", "target"], ["y"]),
    ],
  });
  const input = float32Tensor([1, 2, 4, 4], [...Array(32).keys()]);
  const before = outputsOf(model, input);
  InferShapes.apply(model);
  expect(applyUntilStable(FoldConstants, model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Reshape"]);
  expect(model.graph.initializers.get("target")).toEqual(int64Tensor([1, -1]));
  expect(outputsOf(model, input)).toEqual(before);
});

test("quantizers of constants stay, since they say what the integers are", () => {
  const model = buildModel({
    constants: { w: float32Tensor([2], [1, 2]), s: scalarTensor(1), z: scalarTensor(0), b: scalarTensor(4) },
    nodes: [
      inQonnxDomain(makeNode("Quant", ["w", "s", "z", "b"], ["q"])),
      makeNode("Add", ["x", "q"], ["y"]),
    ],
  });
  expect(FoldConstants.apply(model)).toBe(false);
});

test("what depends on the input, or is the output, stays", () => {
  const model = buildModel({
    outputs: ["y", "c2"],
    constants: { c: scalarTensor(4) },
    nodes: [makeNode("Sqrt", ["c"], ["c2"]), makeNode("Add", ["x", "c2"], ["y"])],
  });
  expect(FoldConstants.apply(model)).toBe(false);
});

test("constants that would spread to an absurd size are refused", () => {
  const long = { elemType: "float32" as const, data: new Float32Array(2 ** 15) };
  const model = buildModel({
    constants: { a: { ...long, shape: [2 ** 15, 1] }, b: { ...long, shape: [1, 2 ** 15] } },
    nodes: [makeNode("Add", ["a", "b"], ["c"], {}, { name: "bomb" }), makeNode("Add", ["x", "c"], ["y"])],
  });
  expect(() => FoldConstants.apply(model)).toThrow("bomb (Add): its output [32768,32768] is too large.");
});
