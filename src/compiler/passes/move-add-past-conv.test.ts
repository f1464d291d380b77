import { expect, test } from "vitest";
import { int, ints } from "../../onnx/attributes";
import { scalarTensor } from "../../onnx/tensor";
import { integers, ModelChain, perChannelOfMap, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { MoveAddPastConv } from "./move-add-past-conv";

test("an offset for each input channel becomes one for each output channel", () => {
  const model = new ModelChain([1, 2, 4, 5])
    .op("Add", [perChannelOfMap(0.5, -1)])
    .op("Conv", [tensor([2, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8])], { strides: ints([2, 1]) })
    .build();
  const after = checkPass(MoveAddPastConv, model);
  expect(operators(after)).toEqual(["Conv", "Add"]);
  expect([...constantOf(after, "Add").data]).toEqual([1.5 - 7, 5.5 - 15]);
});

test.each([
  { kind: "depthwise", weights: integers([3, 1, 2, 2]), group: 3 },
  { kind: "ordinary", weights: integers([2, 3, 2, 2]), group: 1 },
])("through a $kind convolution", ({ weights, group }) => {
  const model = new ModelChain([1, 3, 4, 4])
    .op("Add", [perChannelOfMap(1, -2, 4)])
    .op("Conv", [weights], { group: int(group), dilations: ints([2, 1]) })
    .build();
  checkPass(MoveAddPastConv, model);
});

test("sums are taken in float64 and rounded once", () => {
  // In float32, 2^24 + 1 - 2^24 gives 0.
  const model = new ModelChain([1, 1, 1, 3])
    .op("Add", [scalarTensor(1)])
    .op("Conv", [tensor([1, 1, 1, 3], [2 ** 24, 1, -(2 ** 24)])])
    .build();
  MoveAddPastConv.apply(model);
  expect(constantOf(model, "Add").data[0]).toBe(1);
});

test("padding, whose zeros have no offset, keeps it in front", () => {
  const model = new ModelChain([1, 2, 4, 4])
    .op("Add", [scalarTensor(1)])
    .op("Conv", [integers([2, 2, 3, 3])], { pads: ints([0, 0, 1, 0]) })
    .build();
  expectUntouched(MoveAddPastConv, model);
});

test("an offset that is no number per channel stays", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Add", [tensor([2], [1, 2])])
    .op("Conv", [integers([2, 2, 1, 1])])
    .build();
  expectUntouched(MoveAddPastConv, model);
});
