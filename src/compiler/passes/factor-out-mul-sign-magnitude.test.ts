import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { FactorOutMulSignMagnitude } from "./factor-out-mul-sign-magnitude";

test("a factor splits into signs and magnitudes", () => {
  const model = new ModelChain([1, 3, 2, 2]).op("Mul", [perChannelOfMap(0.5, -2, 0)]).build();
  const after = checkPass(FactorOutMulSignMagnitude, model);
  expect(operators(after)).toEqual(["Mul", "Mul"]);
  expect([...constantOf(after, "Mul", 1, 0).data]).toEqual([1, -1, 1]);
  expect([...constantOf(after, "Mul", 1, 1).data]).toEqual([0.5, 2, 0]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe("BIPOLAR");
});

test.each([
  { of: "no negative factor", factor: perChannelOfMap(0.5, 2, 0) },
  { of: "nothing but signs", factor: perChannelOfMap(1, -1, -1) },
])("with $of there is nothing to do", ({ factor }) => {
  expectUntouched(FactorOutMulSignMagnitude, new ModelChain([1, 3, 2, 2]).op("Mul", [factor]).build());
});
