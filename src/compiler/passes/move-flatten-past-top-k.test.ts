import { expect, test } from "vitest";
import { int } from "../../onnx/attributes";
import { int64Tensor } from "../../onnx/tensor";
import { ModelChain } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveFlattenPastTopK } from "./move-flatten-past-top-k";

const topK = (shape: number[]) =>
  new ModelChain(shape, "INT8")
    .op("Flatten")
    .op("TopK", [int64Tensor([3])], { axis: int(1) }, 2)
    .build();

test("the choice works on the pixel, and its indices are flattened", () => {
  const after = checkPass(MoveFlattenPastTopK, topK([1, 1, 1, 9]));
  expect(operators(after)).toEqual(["TopK", "Flatten"]);
});

test("a choice among all values of a map stays", () => {
  expectUntouched(MoveFlattenPastTopK, topK([1, 3, 1, 3]));
});
