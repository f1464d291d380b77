import { expect, test } from "vitest";
import { ModelChain } from "../testing/chain";
import { constantOf, expectUntouched, transformed } from "../testing/check-pass";
import { DoubleToSingleFloat } from "./double-to-single-float";

test("constants in float64 are rounded to float32", () => {
  const double = { shape: [1], elemType: "float64", data: Float64Array.of(0.1) } as const;
  const after = transformed(new ModelChain([1, 1]).op("Mul", [double]).build(), DoubleToSingleFloat);
  const constant = constantOf(after, "Mul");
  expect(constant.elemType).toBe("float32");
  expect([...constant.data]).toEqual([Math.fround(0.1)]);
  expectUntouched(DoubleToSingleFloat, after);
});
