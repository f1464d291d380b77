import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { string } from "../../onnx/attributes";
import { ModelChain, type TypedTensor, tensor } from "../testing/chain";
import { checkPass, constantOf, transformed } from "../testing/check-pass";
import { InferChannelwiseLinearLayer } from "./infer-channelwise-linear-layer";
import { InferQuantizedMatrixVectorActivation } from "./infer-quantized-matrix-vector-activation";
import { InferThresholdingLayer } from "./infer-thresholding-layer";
import { MinimizeAccumulatorWidth } from "./minimize-accumulator-width";

/** On UINT4, the two neurons reach [-75, 45] and [0, 15]. */
const weights: TypedTensor = { value: tensor([3, 2], [1, 0, 2, 0, -5, 1]), datatype: "INT4" };
const product = () => new ModelChain([1, 3], "UINT4").op("MatMul", [weights]);

test("sums get the type that the weights need, and so does what follows", () => {
  const model = transformed(
    product()
      .op("Add", [tensor([2], [100, -3])])
      .build(),
    InferQuantizedMatrixVectorActivation,
    InferChannelwiseLinearLayer,
  );
  const after = checkPass(MinimizeAccumulatorWidth, model);
  expect(after.graph.nodes.map(({ outputs }) => datatypeOf(after.graph, outputs[0] ?? ""))).toEqual([
    "INT8",
    "INT9",
  ]);
});

const extremes = tensor([1, 4], [-(2 ** 31), -75, 45, 2 ** 31]);
const counted = () =>
  product()
    .op("MultiThreshold", [extremes], { out_dtype: string("UINT3") })
    .build();

test("thresholds inside a unit are clipped to what its sums reach, and one more", () => {
  const after = checkPass(
    MinimizeAccumulatorWidth,
    transformed(counted(), InferQuantizedMatrixVectorActivation),
  );
  expect([...constantOf(after, "MVAU", 2).data]).toEqual([-75, -75, 45, 46, -75, -75, 45, 46]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[2] ?? "")).toBe("INT8");
});

test("thresholds of their own are clipped to the type that comes in, and one more", () => {
  const model = transformed(counted(), InferThresholdingLayer, InferQuantizedMatrixVectorActivation);
  const after = checkPass(MinimizeAccumulatorWidth, model);
  expect([...constantOf(after, "Thresholding").data]).toEqual([-128, -75, 45, 128, -128, -75, 45, 128]);
});

test("sums of more than 32 bits are refused", () => {
  const wide: TypedTensor = { value: tensor([3, 1], [127, 127, 127]), datatype: "INT8" };
  const model = new ModelChain([1, 3], "UINT30").op("MatMul", [wide]).build();
  const unit = transformed(model, InferQuantizedMatrixVectorActivation);
  expect(() => MinimizeAccumulatorWidth.apply(unit)).toThrow("its sums need 40 bits");
});

test("ends beyond 2^24, where not every integer is a float32, still decide nothing", () => {
  // The sum reaches 1024 * 127 * 255 = 33,162,240; one more is no float32.
  const wide: TypedTensor = { value: tensor([1024, 2], new Array(2048).fill(127)), datatype: "INT8" };
  wide.value.data.forEach((_, i) => {
    if (i % 2 === 1) wide.value.data[i] = -127;
  });
  const never = 2 ** 28;
  const model = new ModelChain([1, 1024], "UINT8")
    .op("MatMul", [wide])
    .op("MultiThreshold", [tensor([2, 2], [0, never, -never, 0])], { out_dtype: string("UINT2") })
    .build();
  const after = transformed(model, InferQuantizedMatrixVectorActivation, MinimizeAccumulatorWidth);
  const [zero, above, below, end] = constantOf(after, "MVAU", 2).data;
  expect([zero, end]).toEqual([0, 0]);
  expect(above).toBeGreaterThan(33_162_240);
  expect(below).toBeLessThanOrEqual(-33_162_240);
});
