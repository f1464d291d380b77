import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { int64Tensor } from "../../onnx/tensor";
import { ModelChain } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { AbsorbTransposeIntoFlatten } from "./absorb-transpose-into-flatten";

const turned = (...shape: number[]) =>
  new ModelChain(shape).op("Transpose", [], { perm: ints([0, 3, 1, 2]) });

test.each([
  { kind: "Flatten", model: turned(1, 1, 1, 5).op("Flatten").build() },
  {
    kind: "Reshape to one row",
    model: turned(1, 1, 1, 5)
      .op("Reshape", [int64Tensor([1, -1])])
      .build(),
  },
  { kind: "Flatten of a single channel", model: turned(1, 3, 4, 1).op("Flatten").build() },
])("a Transpose that moves no value vanishes into a $kind", ({ model }) => {
  expect(operators(checkPass(AbsorbTransposeIntoFlatten, model))).toEqual(["Flatten"]);
});

test.each([
  { kind: "a map of more than one pixel", model: turned(1, 2, 1, 5).op("Flatten").build() },
  {
    kind: "a Reshape to a map",
    model: turned(1, 1, 1, 6)
      .op("Reshape", [int64Tensor([1, 2, 3])])
      .build(),
  },
])("$kind keeps it", ({ model }) => {
  expectUntouched(AbsorbTransposeIntoFlatten, model);
});
