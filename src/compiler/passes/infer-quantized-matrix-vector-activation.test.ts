import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { float, string } from "../../onnx/attributes";
import { integers, ModelChain, staircase } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { InferQuantizedMatrixVectorActivation } from "./infer-quantized-matrix-vector-activation";

test("a product of a map takes in the thresholds behind it", () => {
  const model = new ModelChain([1, 3, 4, 2], "UINT4")
    .op("MatMul", [integers([2, 5])])
    .op("MultiThreshold", [staircase(5, 7, -70, 20)], {
      data_layout: string("NHWC"),
      out_dtype: string("INT3"),
      out_bias: float(-4),
    })
    .build();
  const after = checkPass(InferQuantizedMatrixVectorActivation, model);
  expect(operators(after)).toEqual(["MVAU"]);
  expect(datatypeOf(after.graph, after.graph.outputs[0]?.name ?? "")).toBe("INT3");
});

test("a product without thresholds puts out sums", () => {
  const model = new ModelChain([1, 6], "INT3").op("MatMul", [integers([6, 4], "BIPOLAR", 1, 1)]).build();
  const after = checkPass(InferQuantizedMatrixVectorActivation, model);
  expect(operators(after)).toEqual(["MVAU"]);
  expect(datatypeOf(after.graph, after.graph.outputs[0]?.name ?? "")).toBe("INT32");
});

test.each([
  { what: "a float input", input: "FLOAT32", weights: "INT4", reason: "its input has no integers (FLOAT32)" },
  {
    what: "float weights",
    input: "UINT4",
    weights: "FLOAT32",
    reason: "its weights are no integers (FLOAT32)",
  },
])("$what is refused", ({ input, weights, reason }) => {
  const model = new ModelChain([1, 6], input).op("MatMul", [integers([6, 4], weights)]).build();
  expect(() => InferQuantizedMatrixVectorActivation.apply(model)).toThrow(reason);
});
