import { expect, test } from "vitest";
import { int, ints, string } from "../../onnx/attributes";
import { ModelChain } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { InferConvInpGen } from "./infer-conv-inp-gen";

const windows = (pads: readonly number[], datatype = "UINT4") =>
  new ModelChain([1, 5, 6, 2], datatype)
    .op("Im2Col", [], {
      kernel_size: ints([3, 2]),
      stride: ints([2, 1]),
      dilations: ints([1, 2]),
      pad_amount: ints(pads),
      input_shape: string("(1,5,6,2)"),
      depthwise: int(0),
    })
    .build();

test("windows become a sliding window unit", () => {
  expect(operators(checkPass(InferConvInpGen, windows([0, 0, 0, 0])))).toEqual(["ConvolutionInputGenerator"]);
});

test("padding becomes a unit in front of it", () => {
  const after = checkPass(InferConvInpGen, windows([1, 0, 2, 1]));
  expect(operators(after)).toEqual(["FMPadding", "ConvolutionInputGenerator"]);
});

test("padding of a type without 0, and windows of floats, are refused", () => {
  expect(() => InferConvInpGen.apply(windows([1, 1, 1, 1], "BIPOLAR"))).toThrow("pads with 0");
  expect(() => InferConvInpGen.apply(windows([0, 0, 0, 0], "FLOAT32"))).toThrow("its input has no integers");
});
