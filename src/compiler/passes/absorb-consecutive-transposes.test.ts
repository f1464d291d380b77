import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { ModelChain } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { AbsorbConsecutiveTransposes } from "./absorb-consecutive-transposes";

const first = { perm: ints([0, 3, 1, 2]) };
const last = { perm: ints([0, 2, 3, 1]) };

test("two Transposes that undo each other go", () => {
  const model = new ModelChain([1, 2, 3, 4])
    .op("Relu")
    .op("Transpose", [], first)
    .op("Transpose", [], last)
    .build();
  const [output] = model.graph.outputs;
  const after = checkPass(AbsorbConsecutiveTransposes, model);
  expect(operators(after)).toEqual(["Relu"]);
  expect(after.graph.outputs).toEqual([output]);
});

test("others stay, and so do two that are the whole graph", () => {
  expectUntouched(
    AbsorbConsecutiveTransposes,
    new ModelChain([1, 2, 3, 4]).op("Relu").op("Transpose", [], first).op("Transpose", [], first).build(),
  );
  expectUntouched(
    AbsorbConsecutiveTransposes,
    new ModelChain([1, 2, 3, 4]).op("Transpose", [], first).op("Transpose", [], last).build(),
  );
});
