import { describe, expect, test } from "vitest";
import { int, ints, string } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, mapTensor, transpose } from "../../onnx/tensor";
import { evaluateNode } from "./node";
import { quantAvgPoolShift } from "./pool";

const run = (opType: string, x: Tensor, attributes = {}, domain = "") =>
  evaluateNode(makeNode(opType, [], ["y"], attributes, { name: "n", domain }), [x])[0]!;
const counting = (...shape: number[]) =>
  float32Tensor(shape, [...Array(shape.reduce((a, b) => a * b, 1)).keys()]);

test("AveragePool", () => {
  const y = run("AveragePool", counting(1, 2, 2, 3), { kernel_shape: ints([2, 2]), strides: ints([1, 1]) });
  expect([...y.data]).toEqual([2, 3, 8, 9]);
  const padded = { kernel_shape: ints([2, 2]), pads: ints([0, 0, 1, 1]) };
  expect(() => run("AveragePool", counting(1, 1, 2, 2), padded)).toThrow("padding is not supported");
});

test("GlobalAveragePool", () => {
  expect(run("GlobalAveragePool", counting(1, 2, 2, 2))).toEqual(float32Tensor([1, 2, 1, 1], [1.5, 5.5]));
});

describe("QuantAvgPool2d", () => {
  const attributes = { kernel: int(2), stride: int(2), ibits: int(4), obits: int(4) };
  const pool = (x: Tensor, more = {}) => run("QuantAvgPool2d", x, { ...attributes, ...more }, QONNX_DOMAIN);

  test("MobileNet's pool: 49 values of 4 bits take 10 bits, of which 6 are cut", () => {
    expect(quantAvgPoolShift(4, 4, 7)).toBe(6);
    expect(quantAvgPoolShift(2, 8, 1)).toBe(0);
  });

  test("sums and shifts", () => {
    // 60 at most: 6 bits, two are cut.
    expect([...pool(float32Tensor([1, 1, 2, 4], [15, 15, 1, 1, 15, 15, 1, 0])).data]).toEqual([15, 0]);
  });

  test("an input that is integer but for rounding counts as integer", () => {
    const x = mapTensor(float32Tensor([1, 1, 2, 2], [1, 1, 1, 1]), (value) => value * 0.9999999);
    expect([...pool(x).data]).toEqual([1]);
  });

  test("the same with channels last", () => {
    const x = counting(1, 3, 4, 4);
    const last = pool(transpose(x, [0, 2, 3, 1]), { data_layout: string("NHWC") });
    expect(transpose(last, [0, 3, 1, 2])).toEqual(pool(x));
  });
});
