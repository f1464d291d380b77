import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, tensor } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveTransposePastScalarMul } from "./move-transpose-past-scalar-mul";

const turned = () => new ModelChain([1, 2, 3, 4]).op("Transpose", [], { perm: ints([0, 3, 1, 2]) });

test("a Transpose moves behind a factor for all values", () => {
  const after = checkPass(
    MoveTransposePastScalarMul,
    turned()
      .op("Mul", [scalarTensor(0.5)])
      .build(),
  );
  expect(operators(after)).toEqual(["Mul", "Transpose"]);
});

test("a factor for each channel keeps it in front", () => {
  expectUntouched(
    MoveTransposePastScalarMul,
    turned()
      .op("Mul", [tensor([4, 1, 1], [1, 2, 3, 4])])
      .build(),
  );
});
