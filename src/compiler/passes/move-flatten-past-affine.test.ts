import { expect, test } from "vitest";
import { ints, string } from "../../onnx/attributes";
import { int64Tensor, scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, staircase, tensor } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveFlattenPastAffine } from "./move-flatten-past-affine";

test("a Flatten of one pixel moves behind products, factors, offsets and thresholds", () => {
  const model = new ModelChain([1, 1, 1, 4], "UINT4")
    .op("Reshape", [int64Tensor([1, -1])])
    .op("MatMul", [integers([4, 3])])
    .op("Mul", [scalarTensor(0.5)])
    .op("Add", [tensor([3], [1, 2, 3])])
    .op("MultiThreshold", [staircase(3, 3, -4, 3)], { out_dtype: string("UINT2"), data_layout: string("NC") })
    .op("MatMul", [integers([3, 2])])
    .build();
  const after = checkPass(MoveFlattenPastAffine, model);
  expect(operators(after)).toEqual(["MatMul", "Mul", "Add", "MultiThreshold", "MatMul", "Flatten"]);
});

test("a Flatten of a map stays", () => {
  expectUntouched(
    MoveFlattenPastAffine,
    new ModelChain([1, 1, 2, 2], "UINT4")
      .op("Flatten")
      .op("MatMul", [integers([4, 3])])
      .build(),
  );
});

test("a Flatten behind a Transpose stays: the last dimension may be a row", () => {
  const model = new ModelChain([1, 1, 4, 1], "UINT4")
    .op("Transpose", [], { perm: ints([0, 3, 1, 2]) })
    .op("Transpose", [], { perm: ints([0, 1, 3, 2]) })
    .op("Reshape", [int64Tensor([1, -1])])
    .op("MatMul", [integers([4, 3])])
    .build();
  expectUntouched(MoveFlattenPastAffine, model);
});
