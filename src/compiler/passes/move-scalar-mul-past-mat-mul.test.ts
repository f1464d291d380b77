import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, tensor } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveScalarMulPastMatMul } from "./move-scalar-mul-past-mat-mul";

test("a factor moves behind the product", () => {
  const model = new ModelChain([1, 3])
    .op("Mul", [scalarTensor(-0.25)])
    .op("MatMul", [integers([3, 4])])
    .build();
  expect(operators(checkPass(MoveScalarMulPastMatMul, model))).toEqual(["MatMul", "Mul"]);
});

test("factors that differ from input to input stay", () => {
  const model = new ModelChain([1, 3])
    .op("Mul", [tensor([3], [1, 2, 3])])
    .op("MatMul", [integers([3, 4])])
    .build();
  expectUntouched(MoveScalarMulPastMatMul, model);
});
