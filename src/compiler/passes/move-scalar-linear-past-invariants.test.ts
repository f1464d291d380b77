import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { int64Tensor, scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveScalarLinearPastInvariants } from "./move-scalar-linear-past-invariants";

test("factors and offsets move behind what only rearranges", () => {
  const model = new ModelChain([1, 2, 3, 4])
    .op("Mul", [scalarTensor(0.5)])
    .op("Transpose", [], { perm: ints([0, 2, 3, 1]) })
    .op("Add", [scalarTensor(3)])
    .op("Reshape", [int64Tensor([1, 4, 6])])
    .op("Flatten")
    .build();
  const after = checkPass(MoveScalarLinearPastInvariants, model);
  expect(operators(after)).toEqual(["Transpose", "Reshape", "Flatten", "Mul", "Add"]);
});

test("a factor for each channel stays", () => {
  expectUntouched(
    MoveScalarLinearPastInvariants,
    new ModelChain([1, 2, 2, 2])
      .op("Mul", [perChannelOfMap(1, 2)])
      .op("Flatten")
      .build(),
  );
});
