import { expect, test } from "vitest";
import { ints } from "../../onnx/attributes";
import { scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveScalarMulPastConv } from "./move-scalar-mul-past-conv";

const conv = { pads: ints([1, 1, 1, 1]) };

test("a factor moves behind the convolution, padded or not", () => {
  const model = new ModelChain([1, 2, 4, 4])
    .op("Mul", [scalarTensor(0.5)])
    .op("Mul", [scalarTensor(4)])
    .op("Conv", [integers([3, 2, 3, 3])], conv)
    .build();
  const after = checkPass(MoveScalarMulPastConv, model);
  expect(operators(after)).toEqual(["Conv", "Mul", "Mul"]);
  // They keep their order, and with it the order of roundings.
  expect(after.graph.nodes.map(({ name }) => name)).toEqual(["Conv_2", "Mul_0", "Mul_1"]);
});

test("a factor for each channel stays", () => {
  const model = new ModelChain([1, 2, 4, 4])
    .op("Mul", [perChannelOfMap(1, 2)])
    .op("Conv", [integers([3, 2, 3, 3])], conv)
    .build();
  expectUntouched(MoveScalarMulPastConv, model);
});
