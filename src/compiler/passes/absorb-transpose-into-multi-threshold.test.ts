import { expect, test } from "vitest";
import { ints, string } from "../../onnx/attributes";
import { ModelChain, staircase } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { AbsorbTransposeIntoMultiThreshold } from "./absorb-transpose-into-multi-threshold";

test("the Transpose moves behind the thresholds", () => {
  const model = new ModelChain([1, 3, 4, 2], "INT8")
    .op("Transpose", [], { perm: ints([0, 3, 1, 2]) })
    .op("MultiThreshold", [staircase(2, 3, -50, 40)], { out_dtype: string("UINT2") })
    .build();
  expect(operators(checkPass(AbsorbTransposeIntoMultiThreshold, model))).toEqual([
    "MultiThreshold",
    "Transpose",
  ]);
});
