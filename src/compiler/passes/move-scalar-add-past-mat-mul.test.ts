import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { MoveScalarAddPastMatMul } from "./move-scalar-add-past-mat-mul";

test("an offset is multiplied by the sums of the columns", () => {
  const model = new ModelChain([1, 3])
    .op("Add", [scalarTensor(0.5)])
    .op("MatMul", [tensor([3, 2], [1, -2, 3, 4, 5, 6])])
    .build();
  const after = checkPass(MoveScalarAddPastMatMul, model);
  expect(operators(after)).toEqual(["MatMul", "Add"]);
  expect([...constantOf(after, "Add").data]).toEqual([4.5, 4]);
});

test("offsets that differ from input to input stay", () => {
  const model = new ModelChain([1, 3])
    .op("Add", [tensor([3], [1, 2, 3])])
    .op("MatMul", [integers([3, 2])])
    .build();
  expectUntouched(MoveScalarAddPastMatMul, model);
});
