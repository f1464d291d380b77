import { expect, test } from "vitest";
import { string } from "../../onnx/attributes";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap, staircase, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { AbsorbMulIntoMultiThreshold } from "./absorb-mul-into-multi-threshold";

const counts = { out_dtype: string("UINT2") };

test("thresholds are divided by the factor of their channel", () => {
  const model = new ModelChain([1, 2, 3, 3])
    .op("Mul", [perChannelOfMap(0.5, 4)])
    .op("MultiThreshold", [staircase(1, 3, -1, 0.5)], counts)
    .build();
  const after = checkPass(AbsorbMulIntoMultiThreshold, model);
  expect(operators(after)).toEqual(["MultiThreshold"]);
  expect([...constantOf(after, "MultiThreshold").data]).toEqual([-2, -1, 0, -0.25, -0.125, 0]);
});

test("a factor of 0 leaves thresholds that are always or never reached", () => {
  const model = new ModelChain([1, 2, 3, 3])
    .op("Mul", [perChannelOfMap(0, 1)])
    .op("MultiThreshold", [tensor([1, 3], [-1, 0, 0.5])], counts)
    .build();
  const after = checkPass(AbsorbMulIntoMultiThreshold, model);
  const { data } = constantOf(after, "MultiThreshold");
  expect([...data.slice(0, 3)]).toEqual([-Infinity, -Infinity, Infinity]);
});

test("each quotient is rounded to float32", () => {
  const model = new ModelChain([1, 1])
    .op("Mul", [scalarTensor(0.3)])
    .op("MultiThreshold", [tensor([1, 1], [0.7])], counts)
    .build();
  AbsorbMulIntoMultiThreshold.apply(model);
  expect(constantOf(model, "MultiThreshold").data[0]).toBe(Math.fround(Math.fround(0.7) / Math.fround(0.3)));
});

test("a negative factor, which would turn the comparison round, stays", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Mul", [perChannelOfMap(1, -1)])
    .op("MultiThreshold", [staircase(1, 3, 0, 1)], counts)
    .build();
  expectUntouched(AbsorbMulIntoMultiThreshold, model);
});
