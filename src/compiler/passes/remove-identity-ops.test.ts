import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { InferShapes } from "./infer-shapes";
import { removeIdentityOps } from "./remove-identity-ops";

/** Operators that are left of `x -> Relu a -> node b -> Neg y`. */
function left(
  node: OnnxNode,
  constants: Record<string, Tensor> = {},
  onRounded: (node: OnnxNode) => void = () => undefined,
): string[] {
  const model = buildModel({
    constants,
    nodes: [makeNode("Relu", ["x"], ["a"]), node, makeNode("Neg", ["b"], ["y"])],
  });
  InferShapes.apply(model);
  removeIdentityOps(onRounded).apply(model);
  return model.graph.nodes.map(({ opType }) => opType);
}
const binary = (opType: string, value: Tensor) => left(makeNode(opType, ["a", "c"], ["b"]), { c: value });
const gone = ["Relu", "Neg"];

test("factors of 1 but for FINN's tolerance, and terms of exactly 0", () => {
  expect(binary("Mul", scalarTensor(1.00001))).toEqual(gone);
  expect(binary("Mul", scalarTensor(1.00003))).toContain("Mul");
  expect(binary("Div", float32Tensor([1, 2, 1, 1], [1, 0.99999]))).toEqual(gone);
  expect(binary("Div", float32Tensor([1, 2, 1, 1], [1, 2]))).toContain("Div");
  expect(binary("Add", scalarTensor(-0.000009))).toContain("Add");
  expect(binary("Add", scalarTensor(-0))).toEqual(gone);
  expect(binary("Sub", scalarTensor(0))).toEqual(gone);
});

test("a factor that rounding does not explain is told of, one that it does is not", () => {
  const told: string[] = [];
  const by = (value: number) =>
    left(makeNode("Mul", ["a", "c"], ["b"]), { c: scalarTensor(value) }, ({ opType }) => told.push(opType));
  expect(by(1 + 2 ** -22)).toEqual(gone);
  expect(told).toEqual([]);
  expect(by(1.00001)).toEqual(gone);
  expect(told).toEqual(["Mul"]);
});

test("the constant may come first, where that is the same", () => {
  const constants = { c: scalarTensor(1), o: scalarTensor(0) };
  expect(left(makeNode("Mul", ["c", "a"], ["b"]), constants)).toEqual(gone);
  expect(left(makeNode("Add", ["o", "a"], ["b"]), constants)).toEqual(gone);
  expect(left(makeNode("Div", ["c", "a"], ["b"]), constants)).toContain("Div");
  expect(left(makeNode("Sub", ["o", "a"], ["b"]), constants)).toContain("Sub");
});

test("a factor of 1 that spreads its input over a larger shape stays", () => {
  expect(binary("Mul", float32Tensor([3, 1, 1, 1, 1], [1, 1, 1]))).toContain("Mul");
});

test("Identity, Dropout and empty padding", () => {
  expect(left(makeNode("Identity", ["a"], ["b"]))).toEqual(gone);
  expect(left(makeNode("Dropout", ["a"], ["b", "mask"]))).toEqual(gone);
  expect(left(makeNode("Pad", ["a"], ["b"], { pads: ints([0, 0, 0, 0, 0, 0, 0, 0]) }))).toEqual(gone);
  expect(left(makeNode("Pad", ["a"], ["b"], { pads: ints([0, 0, 1, 0, 0, 0, 0, 0]) }))).toContain("Pad");
});

test("Dropout that trains is refused", () => {
  const node = makeNode("Dropout", ["a", "r", "t"], ["b"]);
  const constants = {
    r: scalarTensor(0.5),
    t: { shape: [], elemType: "bool" as const, data: Uint8Array.of(1) },
  };
  expect(() => left(node, constants)).toThrow("Dropout_1 (Dropout): Dropout is in training mode.");
});
