import { expect, test } from "vitest";
import { int, ints } from "../../onnx/attributes";
import { integers, ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { MoveMulPastDWConv } from "./move-mul-past-dw-conv";

const scaled = () => new ModelChain([1, 3, 4, 4]).op("Mul", [perChannelOfMap(0.5, 2, 0)]);

test("a factor for each channel moves behind a depthwise convolution", () => {
  const model = scaled()
    .op("Conv", [integers([3, 1, 3, 3])], { group: int(3), pads: ints([1, 1, 1, 1]), strides: ints([2, 2]) })
    .build();
  expect(operators(checkPass(MoveMulPastDWConv, model))).toEqual(["Conv", "Mul"]);
});

test.each([
  { kind: "an ordinary convolution", weights: integers([3, 3, 1, 1]), group: 1 },
  { kind: "more channels out than in", weights: integers([6, 1, 1, 1]), group: 3 },
])("not behind $kind", ({ weights, group }) => {
  expectUntouched(
    MoveMulPastDWConv,
    scaled()
      .op("Conv", [weights], { group: int(group) })
      .build(),
  );
});
