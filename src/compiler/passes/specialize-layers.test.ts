import { expect, test } from "vitest";
import { ints, string } from "../../onnx/attributes";
import { integers, ModelChain, staircase } from "../testing/chain";
import { checkPass, operators, transformed } from "../testing/check-pass";
import { InferConvInpGen } from "./infer-conv-inp-gen";
import { InferQuantizedMatrixVectorActivation } from "./infer-quantized-matrix-vector-activation";
import { SpecializeLayers } from "./specialize-layers";

test("windows and padding are rtl", () => {
  const model = new ModelChain([1, 4, 4, 2], "UINT4")
    .op("Im2Col", [], { kernel_size: ints([2, 2]), stride: ints([1, 1]), pad_amount: ints([1, 1, 1, 1]) })
    .build();
  const after = checkPass(SpecializeLayers, transformed(model, InferConvInpGen));
  expect(operators(after)).toEqual(["FMPadding_rtl", "ConvolutionInputGenerator_rtl"]);
  expect(after.graph.nodes.map(({ domain }) => domain)).toEqual([
    "finn.custom_op.fpgadataflow.rtl",
    "finn.custom_op.fpgadataflow.rtl",
  ]);
});

test.each([
  { input: "UINT4", weights: "INT4", style: "rtl" },
  { input: "UINT8", weights: "INT8", style: "rtl" },
  { input: "INT4", weights: "INT4", style: "rtl" },
  { input: "UINT3", weights: "INT4", style: "hls" },
  { input: "UINT4", weights: "INT3", style: "hls" },
  { input: "UINT4", weights: "UINT4", style: "hls" },
  { input: "UINT9", weights: "INT4", style: "hls" },
])("a matrix unit of $input and $weights without thresholds is $style", ({ input, weights, style }) => {
  const model = new ModelChain([1, 3], input).op("MatMul", [integers([3, 2], weights, 0, 1)]).build();
  const after = checkPass(SpecializeLayers, transformed(model, InferQuantizedMatrixVectorActivation));
  expect(operators(after)).toEqual([`MVAU_${style}`]);
});

test("with thresholds it is hls", () => {
  const model = new ModelChain([1, 3], "UINT4")
    .op("MatMul", [integers([3, 2])])
    .op("MultiThreshold", [staircase(2, 3, 0, 5)], { out_dtype: string("UINT2") })
    .build();
  const after = checkPass(SpecializeLayers, transformed(model, InferQuantizedMatrixVectorActivation));
  expect(operators(after)).toEqual(["MVAU_hls"]);
});
