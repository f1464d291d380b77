import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, operators, transformed } from "../testing/check-pass";
import { CollapseRepeatedMul } from "./collapse-repeated-mul";

test("factors in a row become one, and other operators part the rows", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Mul", [scalarTensor(0.5)])
    .op("Mul", [perChannelOfMap(2, -4)])
    .op("Relu")
    .op("Mul", [scalarTensor(2)])
    .build();
  const after = checkPass(CollapseRepeatedMul, model);
  expect(operators(after)).toEqual(["Mul", "Relu", "Mul"]);
  expect([...constantOf(after, "Mul").data]).toEqual([1, -2]);
});

test("four factors are rounded two by two, as in FINN", () => {
  const factors = [0.1, 0.3, 0.7, 0.9].map(Math.fround) as [number, number, number, number];
  const chain = new ModelChain([1, 1]);
  for (const factor of factors) chain.op("Mul", [scalarTensor(factor)]);
  const [a, b, c, d] = factors;
  const { fround } = Math;
  const byPairs = fround(fround(d * c) * fround(b * a));
  expect(byPairs).not.toBe(fround(d * fround(c * fround(b * a))));
  expect(constantOf(transformed(chain.build(), CollapseRepeatedMul), "Mul").data[0]).toBe(byPairs);
});
