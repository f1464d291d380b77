import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { float, string } from "../../onnx/attributes";
import { ModelChain, staircase, tensor } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { InferThresholdingLayer } from "./infer-thresholding-layer";

const nhwc = { data_layout: string("NHWC") };

test("thresholds for each channel become a unit", () => {
  const model = new ModelChain([1, 3, 4, 2], "INT8")
    .op("MultiThreshold", [staircase(2, 7, -50, 15)], { ...nhwc, out_dtype: string("UINT3") })
    .build();
  expect(operators(checkPass(InferThresholdingLayer, model))).toEqual(["Thresholding"]);
});

test("shared thresholds are written out, put in order and counted from the lowest value", () => {
  const model = new ModelChain([1, 2], "INT8")
    .op("MultiThreshold", [tensor([1, 3], [5, -5, 0])], { out_dtype: string("INT2"), out_bias: float(-2) })
    .build();
  const after = checkPass(InferThresholdingLayer, model);
  expect([...constantOf(after, "Thresholding").data]).toEqual([-5, 0, 5, -5, 0, 5]);
  expect(datatypeOf(after.graph, after.graph.outputs[0]?.name ?? "")).toBe("INT2");
});

test("BIPOLAR outputs count one threshold twice", () => {
  const model = new ModelChain([1, 3], "INT8")
    .op("MultiThreshold", [tensor([1, 1], [0])], {
      out_dtype: string("BIPOLAR"),
      out_scale: float(2),
      out_bias: float(-1),
    })
    .build();
  expect(constantOf(checkPass(InferThresholdingLayer, model), "Thresholding").shape).toEqual([3, 2]);
});

test.each([
  {
    what: "an output that is no integer",
    datatype: "INT8",
    attributes: { out_scale: float(0.5) },
    first: 0,
    reason: "is no integer of the hardware",
  },
  {
    what: "thresholds that are no integers",
    datatype: "INT8",
    attributes: {},
    first: 0.5,
    reason: "its input is no integer",
  },
  {
    what: "an input that is no integer",
    datatype: "FLOAT32",
    attributes: {},
    first: 0,
    reason: "its input has no integers",
  },
])("$what is refused", ({ datatype, attributes, first, reason }) => {
  const model = new ModelChain([1, 2], datatype)
    .op("MultiThreshold", [staircase(2, 3, first, 1)], { out_dtype: string("UINT2"), ...attributes })
    .build();
  expect(() => InferThresholdingLayer.apply(model)).toThrow(reason);
});

test("channels in front of a map are refused", () => {
  const model = new ModelChain([1, 2, 3, 3], "INT8")
    .op("MultiThreshold", [staircase(2, 3, 0, 1)], { out_dtype: string("UINT2") })
    .build();
  expect(() => InferThresholdingLayer.apply(model)).toThrow("a Transpose in front of it");
});
