import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, operators, transformed } from "../testing/check-pass";
import { ConvertDivToMul } from "./convert-div-to-mul";

test("dividing becomes multiplying by the reciprocal", () => {
  const model = new ModelChain([1, 2, 3, 3]).op("Div", [perChannelOfMap(4, -0.5)]).build();
  const after = checkPass(ConvertDivToMul, model);
  expect(operators(after)).toEqual(["Mul"]);
  expect([...constantOf(after, "Mul").data]).toEqual([0.25, -2]);
});

test("the reciprocal is rounded to float32", () => {
  const after = transformed(new ModelChain([1, 1]).op("Div", [scalarTensor(255)]).build(), ConvertDivToMul);
  expect(constantOf(after, "Mul").data[0]).toBe(Math.fround(1 / 255));
});

test("dividing by zero is refused", () => {
  const model = new ModelChain([1, 2, 1, 1]).op("Div", [perChannelOfMap(1, 0)]).build();
  expect(() => ConvertDivToMul.apply(model)).toThrow("Div_0 (Div): it divides by zero.");
});
