import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { float, int, string } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { OnnxModel, OnnxNode, Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { outputsOf } from "../testing/execute";
import { ConvertQuantActToMultiThreshold } from "./convert-quant-act-to-multi-threshold";
import { InferShapes } from "./infer-shapes";

interface Options {
  readonly relu?: boolean;
  readonly signed?: number;
  readonly narrow?: number;
  readonly zeroPoint?: number;
  readonly mode?: string;
  readonly node?: OnnxNode;
}

/** x -> (Relu) -> Quant -> y, on a map of 2 channels. */
function quantizer(scale: Tensor, bits: number, options: Options = {}): OnnxModel {
  const { relu = false, signed = 0, narrow = 0, zeroPoint = 0, mode = "ROUND" } = options;
  const from = relu ? "r" : "x";
  const attributes = { signed: int(signed), narrow: int(narrow), rounding_mode: string(mode) };
  const quant =
    options.node ?? makeNode("Quant", [from, "s", "z", "bits"], ["y"], attributes, { name: "act" });
  const model = buildModel({
    constants: { s: scale, z: scalarTensor(zeroPoint), bits: scalarTensor(bits) },
    nodes: [...(relu ? [makeNode("Relu", ["x"], ["r"])] : []), inQonnxDomain(quant)],
  });
  InferShapes.apply(model);
  return model;
}

const ops = ({ graph }: OnnxModel) => graph.nodes.map(({ opType }) => opType);
const perChannel = float32Tensor([1, 2, 1, 1], [0.5, 0.25]);

describe("the nodes that come of it", () => {
  test("unsigned behind Relu: thresholds at half steps, then the scale", () => {
    const model = quantizer(perChannel, 2, { relu: true });
    expect(ConvertQuantActToMultiThreshold.apply(model)).toBe(true);
    const [thresholds, mul] = model.graph.nodes;
    expect(ops(model)).toEqual(["MultiThreshold", "Mul"]);
    expect(model.graph.initializers.get(thresholds!.inputs[1]!)).toEqual(
      float32Tensor([2, 3], [0.25, 0.75, 1.25, 0.125, 0.375, 0.625]),
    );
    expect(thresholds!.attributes).toEqual(
      new Map([
        ["out_dtype", string("UINT2")],
        ["data_layout", string("NCHW")],
      ]),
    );
    expect(datatypeOf(model.graph, thresholds!.outputs[0]!)).toBe("UINT2");
    expect(model.graph.initializers.get(mul!.inputs[1]!)).toEqual(perChannel);
    expect(ConvertQuantActToMultiThreshold.apply(model)).toBe(false);
  });

  test("scale 1 needs no Mul", () => {
    const model = quantizer(scalarTensor(1), 3, { relu: true });
    ConvertQuantActToMultiThreshold.apply(model);
    expect(ops(model)).toEqual(["MultiThreshold"]);
  });

  test("signed: the lowest code is added", () => {
    const model = quantizer(scalarTensor(0.5), 3, { signed: 1, narrow: 1 });
    ConvertQuantActToMultiThreshold.apply(model);
    expect(ops(model)).toEqual(["MultiThreshold", "Add", "Mul"]);
    const [thresholds, add] = model.graph.nodes;
    expect([...model.graph.initializers.get(thresholds!.inputs[1]!)!.data]).toEqual([
      -1.25, -0.75, -0.25, 0.25, 0.75, 1.25,
    ]);
    expect([...model.graph.initializers.get(add!.inputs[1]!)!.data]).toEqual([-3]);
  });

  test.each([
    ["BipolarQuant", makeNode("BipolarQuant", ["x", "s"], ["y"])],
    ["Quant of one signed bit", makeNode("Quant", ["x", "s", "z", "bits"], ["y"], { signed: int(1) })],
  ])("%s: one threshold at zero, 2 * count - 1", (_, node) => {
    const model = quantizer(scalarTensor(0.5), 1, { node });
    ConvertQuantActToMultiThreshold.apply(model);
    expect(ops(model)).toEqual(["MultiThreshold", "Mul"]);
    const { attributes } = model.graph.nodes[0]!;
    expect(attributes.get("out_dtype")).toEqual(string("BIPOLAR"));
    expect(attributes.get("out_scale")).toEqual(float(2));
    expect(attributes.get("out_bias")).toEqual(float(-1));
  });

  test("a Relu that others read stays for them", () => {
    const model = quantizer(scalarTensor(1), 3, { relu: true });
    model.graph.outputs.push({ name: "r", elemType: "float32", shape: [1, 2, 4, 4] });
    ConvertQuantActToMultiThreshold.apply(model);
    expect(ops(model)).toEqual(["Relu", "MultiThreshold"]);
  });
});

describe("values stay the same, but on ties", () => {
  const scales = fc.float({ min: Math.fround(0.01), max: 100, noNaN: true });
  const unit = fc.float({ min: -1, max: 1, noNaN: true });
  const kinds = fc.constantFrom<Options & { signed: number }>(
    { signed: 0, relu: true },
    { signed: 0 },
    { signed: 1 },
    { signed: 1, narrow: 1 },
  );

  test("for any scale, width and input", () => {
    fc.assert(
      fc.property(
        fc.tuple(scales, scales),
        fc.integer({ min: 2, max: 8 }),
        kinds,
        fc.array(unit, { minLength: 32, maxLength: 32 }),
        (scale, bits, kind, values) => {
          const reach = 2 ** bits;
          const input = float32Tensor(
            [1, 2, 4, 4],
            values.map((value, i) => value * reach * scale[i < 16 ? 0 : 1]!),
          );
          const model = quantizer(float32Tensor([1, 2, 1, 1], scale), bits, kind);
          const before = outputsOf(model, input)[0]!;
          ConvertQuantActToMultiThreshold.apply(model);
          const after = outputsOf(model, input)[0]!;
          after.data.forEach((value, i) => {
            const step = scale[i < 16 ? 0 : 1]!;
            const position = Math.abs(input.data[i]! / step);
            const tie = Math.abs(position - Math.floor(position) - 0.5) < 1e-6 * Math.max(1, position);
            expect(Math.abs(value - before.data[i]!)).toBeLessThan(tie ? step * 1.001 : step * 1e-3);
          });
        },
      ),
    );
  });

  test("on a tie Quant rounds to even, thresholds round up", () => {
    const model = quantizer(scalarTensor(1), 3, { relu: true });
    const input = float32Tensor([1, 2, 4, 4], [0.5, 1.5, 2.5, ...new Array(29).fill(0)]);
    expect([...outputsOf(model, input)[0]!.data.slice(0, 3)]).toEqual([0, 2, 2]);
    ConvertQuantActToMultiThreshold.apply(model);
    expect([...outputsOf(model, input)[0]!.data.slice(0, 3)]).toEqual([1, 2, 3]);
  });

  test("bipolar", () => {
    const model = quantizer(scalarTensor(0.5), 1, { node: makeNode("BipolarQuant", ["x", "s"], ["y"]) });
    const input = float32Tensor([1, 2, 4, 4], [-1e-30, 0, 1e-30, -7, ...new Array(28).fill(3)]);
    const before = outputsOf(model, input);
    ConvertQuantActToMultiThreshold.apply(model);
    expect(outputsOf(model, input)).toEqual(before);
  });
});

test("vectors have the layout NC", () => {
  const model = buildModel({
    inputs: { x: [1, 3] },
    constants: { s: scalarTensor(1), z: scalarTensor(0), bits: scalarTensor(2) },
    nodes: [inQonnxDomain(makeNode("Quant", ["x", "s", "z", "bits"], ["y"], { signed: int(0) }))],
  });
  InferShapes.apply(model);
  ConvertQuantActToMultiThreshold.apply(model);
  expect(model.graph.nodes[0]?.attributes.get("data_layout")).toEqual(string("NC"));
});

test.each<[string, Tensor, number, Options, string]>([
  ["nine bits", scalarTensor(1), 9, {}, "activations of 9 bits"],
  ["another rounding", scalarTensor(1), 4, { mode: "FLOOR" }, "rounding mode FLOOR"],
  ["a zero point", scalarTensor(1), 4, { zeroPoint: 8 }, "a zero point other than 0"],
  ["unsigned narrow", scalarTensor(1), 4, { narrow: 1 }, "an unsigned narrow range"],
  ["signed behind Relu", scalarTensor(1), 4, { signed: 1, relu: true }, "a signed quantizer behind Relu"],
  [
    "a scale that is not a channel's",
    float32Tensor([1, 1, 4, 1], [1, 1, 1, 1]),
    4,
    {},
    "is not one per channel",
  ],
  ["a scale of zero", scalarTensor(0), 4, {}, 'its scale "s" is 0'],
])("%s is refused", (_, scale, bits, options, reason) => {
  const convert = () => ConvertQuantActToMultiThreshold.apply(quantizer(scale, bits, options));
  expect(convert).toThrow("act (Quant): ");
  expect(convert).toThrow(reason);
});
