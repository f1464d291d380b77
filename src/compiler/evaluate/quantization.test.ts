import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float, int, string } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { evaluateNode } from "./node";
import { roundHalfEven } from "./quantization";

const run = (opType: string, inputs: Tensor[], attributes = {}) =>
  Array.from(
    evaluateNode(makeNode(opType, [], ["y"], attributes, { name: "n", domain: QONNX_DOMAIN }), inputs)[0]!
      .data,
    (value) => value + 0, // -0 is 0
  );
const vector = (...values: number[]) => float32Tensor([values.length], values);
const [zero, one] = [scalarTensor(0), scalarTensor(1)];

describe("Quant", () => {
  const quant = (values: number[], bits: number, attributes = {}, scale = one, zeroPoint = zero) =>
    run("Quant", [vector(...values), scale, zeroPoint, scalarTensor(bits)], attributes);

  test("clamps to the integers of the type", () => {
    const values = [-100, -1, 1, 100];
    expect(quant(values, 4, { signed: int(1) })).toEqual([-8, -1, 1, 7]);
    expect(quant(values, 4, { signed: int(1), narrow: int(1) })).toEqual([-7, -1, 1, 7]);
    expect(quant(values, 4, { signed: int(0) })).toEqual([0, 0, 1, 15]);
    expect(quant(values, 4, { signed: int(0), narrow: int(1) })).toEqual([0, 0, 1, 14]);
    expect(quant(values, 1, { signed: int(0) })).toEqual([0, 0, 1, 1]);
  });

  test("one signed bit is a sign, and zero is positive", () => {
    expect(quant([-3, -0.1, 0, 2], 1, { signed: int(1) })).toEqual([-1, -1, 1, 1]);
  });

  test("scales, and adds the zero point", () => {
    expect(quant([1, 2, -9], 4, { signed: int(1) }, scalarTensor(0.5))).toEqual([1, 2, -4]);
    expect(quant([-4, 20], 4, { signed: int(0) }, one, scalarTensor(3))).toEqual([-3, 12]);
  });

  test.each([
    ["ROUND", [-2, -2, 0, 2, 2]],
    ["half_even", [-2, -2, 0, 2, 2]],
    ["FLOOR", [-3, -2, 0, 1, 2]],
    ["CEIL", [-2, -1, 1, 2, 3]],
    ["DOWN", [-2, -1, 0, 1, 2]],
    ["UP", [-3, -2, 1, 2, 3]],
    ["HALF_UP", [-3, -2, 1, 2, 3]],
    ["HALF_DOWN", [-2, -1, 0, 1, 2]],
  ])("rounds %s", (mode, expected) => {
    expect(quant([-2.5, -1.5, 0.5, 1.5, 2.5], 8, { rounding_mode: string(mode) })).toEqual(expected);
  });

  test("refuses a rounding that it does not know", () => {
    expect(() => quant([1], 8, { rounding_mode: string("STOCHASTIC") })).toThrow(
      "n (Quant): rounding mode STOCHASTIC",
    );
  });

  test("a scale a channel", () => {
    const x = float32Tensor([1, 2, 1, 1], [3, 3]);
    const scale = float32Tensor([1, 2, 1, 1], [1, 2]);
    expect(run("Quant", [x, scale, zero, scalarTensor(8)])).toEqual([3, 4]);
  });
});

test("half to even", () => {
  expect([-1.5, -0.5, 0.5, 1.5, 2.5, 2.4999].map((x) => roundHalfEven(x) + 0)).toEqual([-2, 0, 0, 2, 2, 2]);
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 20), max: 2 ** 20 }),
      fc.double({ min: -0.49, max: 0.49, noNaN: true }),
      (n, rest) => {
        expect(roundHalfEven(n + rest)).toBe(n);
        expect(Math.abs(roundHalfEven(n + 0.5) % 2)).toBe(0);
      },
    ),
  );
});

test("BipolarQuant", () => {
  expect(run("BipolarQuant", [vector(-0.1, 0, 5), scalarTensor(0.25)])).toEqual([-0.25, 0.25, 0.25]);
});

describe("Trunc", () => {
  const cut = (...inputs: number[]) => [vector(39.99, 40, -1), ...inputs.map(scalarTensor)];

  test("version 1 keeps the scale: sums of scale 0.5, 8 bits to 4", () => {
    expect(run("Trunc", cut(0.5, 0, 8, 4))).toEqual([2.5, 2.5, -0.5]);
    expect(run("Trunc", cut(0.5, 0, 8, 4), { rounding_mode: string("CEIL") })).toEqual([2.5, 2.5, 0]);
  });

  test("version 2 gives the result a scale and clamps it", () => {
    const unsigned = { signed: int(0) };
    expect(run("Trunc", cut(0.5, 0, 8, 8, 4), unsigned)).toEqual([40, 40, 0]);
    expect(run("Trunc", cut(0.5, 0, 8, 8, 2), unsigned)).toEqual([24, 24, 0]);
  });

  test("version 2 shifts by the rounded power of two", () => {
    expect(
      run("Trunc", [vector(70), scalarTensor(1), zero, scalarTensor(8), scalarTensor(33), scalarTensor(4)]),
    ).toEqual([66]);
  });
});

describe("MultiThreshold", () => {
  test("counts the thresholds that are reached", () => {
    expect(run("MultiThreshold", [vector(0, 1, 2.5, 9), float32Tensor([1, 3], [1, 2, 3])])).toEqual([
      0, 1, 2, 3,
    ]);
  });

  test("a row a channel, along the axis of the layout", () => {
    const thresholds = float32Tensor([2, 1], [1, 10]);
    const nchw = float32Tensor([1, 2, 1, 2], [0, 5, 5, 10]);
    expect(run("MultiThreshold", [nchw, thresholds])).toEqual([0, 1, 0, 1]);
    const nhwc = float32Tensor([1, 1, 2, 2], [0, 5, 5, 10]);
    expect(run("MultiThreshold", [nhwc, thresholds], { data_layout: string("NHWC") })).toEqual([0, 0, 1, 1]);
  });

  test("scales and shifts the count", () => {
    const attributes = { out_scale: float(2), out_bias: float(-1) };
    expect(run("MultiThreshold", [vector(-1, 0), float32Tensor([1, 1], [0])], attributes)).toEqual([-1, 1]);
  });

  test("refuses thresholds for another number of channels", () => {
    const x = float32Tensor([1, 3], [0, 0, 0]);
    expect(() => run("MultiThreshold", [x, float32Tensor([2, 1], [1, 2])])).toThrow("do not fit 3 channels");
  });
});
