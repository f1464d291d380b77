import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { integers, ModelChain, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { Absorb1BitMulIntoMatMul } from "./absorb-1-bit-mul-into-mat-mul";

test("signs flip columns of the weights, which keep their type", () => {
  const weights = { value: tensor([2, 3], [1, 2, 3, 4, 5, 6]), datatype: "INT4" };
  const model = new ModelChain([1, 2], "UINT4")
    .op("MatMul", [weights])
    .op("Mul", [tensor([1, 3], [1, -1, -1])])
    .build();
  const after = checkPass(Absorb1BitMulIntoMatMul, model);
  expect(operators(after)).toEqual(["MatMul"]);
  expect([...constantOf(after, "MatMul").data]).toEqual([1, -2, -3, 4, -5, -6]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe("INT4");
});

test("other factors stay", () => {
  const model = new ModelChain([1, 2], "UINT4")
    .op("MatMul", [integers([2, 3])])
    .op("Mul", [tensor([1, 3], [1, -1, 0])])
    .build();
  expectUntouched(Absorb1BitMulIntoMatMul, model);
});

test("the outputs of a product of a map are its last dimension", () => {
  const model = new ModelChain([1, 1, 1, 4], "UINT4")
    .op("MatMul", [integers([4, 3])])
    .op("Mul", [tensor([], [-1])])
    .build();
  const after = checkPass(Absorb1BitMulIntoMatMul, model);
  expect(operators(after)).toEqual(["MatMul"]);
});
