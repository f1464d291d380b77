import { expect, test } from "vitest";
import { int, ints, string } from "../../onnx/attributes";
import { integers, ModelChain, staircase } from "../testing/chain";
import { checkPass, operators, transformed } from "../testing/check-pass";
import { AbsorbConsecutiveTransposes } from "./absorb-consecutive-transposes";
import { AbsorbTransposeIntoMultiThreshold } from "./absorb-transpose-into-multi-threshold";
import { InferVectorVectorActivation } from "./infer-vector-vector-activation";
import { LowerConvsToMatMul } from "./lower-convs-to-mat-mul";

const depthwise = () =>
  new ModelChain([1, 3, 4, 4], "UINT4")
    .op("Conv", [integers([3, 1, 3, 3])], { group: int(3), pads: ints([1, 1, 1, 1]) })
    .op("MultiThreshold", [staircase(3, 7, -60, 20)], { out_dtype: string("UINT3") });

const lowered = (chain: ModelChain) =>
  transformed(
    chain.op("Transpose", [], { perm: ints([0, 2, 3, 1]) }).build(),
    LowerConvsToMatMul,
    AbsorbTransposeIntoMultiThreshold,
    AbsorbConsecutiveTransposes,
  );

test("thresholds behind a depthwise convolution become part of its unit", () => {
  const model = lowered(depthwise());
  expect(operators(model)).toEqual(["Transpose", "Im2Col", "VVAU", "MultiThreshold"]);
  expect(operators(checkPass(InferVectorVectorActivation, model))).toEqual(["Transpose", "Im2Col", "VVAU"]);
});

test("thresholds on its thresholds do not", () => {
  const model = lowered(
    depthwise().op("MultiThreshold", [staircase(3, 3, 1, 2)], { out_dtype: string("UINT2") }),
  );
  const after = checkPass(InferVectorVectorActivation, model);
  expect(operators(after)).toEqual(["Transpose", "Im2Col", "VVAU", "MultiThreshold"]);
});
