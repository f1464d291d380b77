import { describe, expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { int, string } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { Attribute } from "../../onnx/model";
import { scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { InferDataTypes } from "./infer-data-types";

function inferred(opType: string, types: string[], attributes: Record<string, Attribute> = {}): string {
  const inputs = types.map((_, i) => `i${i}`);
  const model = buildModel({
    nodes: [makeNode(opType, inputs, ["y"], attributes)],
    datatypes: Object.fromEntries(types.map((type, i) => [`i${i}`, type])),
  });
  InferDataTypes.apply(model);
  return datatypeOf(model.graph, "y");
}

describe("a layer of integers gives 32 bits", () => {
  test.each(["Conv", "MatMul", "Add", "Mul"])("%s", (op) => {
    expect(inferred(op, ["UINT4", "INT4"])).toBe("INT32");
    expect(inferred(op, ["UINT4", "UINT8"])).toBe("UINT32");
    expect(inferred(op, ["UINT4", "BIPOLAR"])).toBe("INT32");
    expect(inferred(op, ["UINT4", "FLOAT32"])).toBe("FLOAT32");
  });

  test("a difference may be negative", () => {
    expect(inferred("Sub", ["UINT4", "UINT4"])).toBe("INT32");
  });

  test("a quotient need not be whole", () => {
    expect(inferred("Div", ["UINT4", "UINT4"])).toBe("FLOAT32");
  });
});

test("what moves values keeps their type", () => {
  expect(inferred("Transpose", ["UINT4"])).toBe("UINT4");
  expect(inferred("Reshape", ["INT3", "FLOAT32"])).toBe("INT3");
});

test("thresholds, pools and TopK say their type", () => {
  expect(inferred("MultiThreshold", ["FLOAT32"], { out_dtype: string("UINT3") })).toBe("UINT3");
  expect(inferred("QuantAvgPool2d", ["UINT4"], { obits: int(5), signed: int(0) })).toBe("UINT5");
  const model = buildModel({ outputs: ["i"], nodes: [makeNode("TopK", ["x", "k"], ["v", "i"])] });
  InferDataTypes.apply(model);
  expect(datatypeOf(model.graph, "i")).toBe("UINT32");
});

describe("a quantizer gives integers if its scale is 1", () => {
  const quant = (scale: number, bits: number, signed: number): string => {
    const model = buildModel({
      constants: { s: scalarTensor(scale), z: scalarTensor(0), b: scalarTensor(bits) },
      nodes: [inQonnxDomain(makeNode("Quant", ["x", "s", "z", "b"], ["y"], { signed: int(signed) }))],
    });
    InferDataTypes.apply(model);
    return datatypeOf(model.graph, "y");
  };
  test.each([
    [1, 4, 1, "INT4"],
    [1, 4, 0, "UINT4"],
    [1, 1, 1, "BIPOLAR"],
    [0.5, 4, 1, "FLOAT32"],
  ])("scale %d, %d bits, signed %d: %s", (scale, bits, signed, type) => {
    expect(quant(scale, bits, signed)).toBe(type);
  });
});

test("says when nothing changes, and takes an old annotation back", () => {
  const model = buildModel({ nodes: [makeNode("Relu", ["x"], ["y"])], datatypes: { y: "INT4" } });
  expect(InferDataTypes.apply(model)).toBe(true);
  expect(datatypeOf(model.graph, "y")).toBe("FLOAT32");
  expect(InferDataTypes.apply(model)).toBe(false);
});
