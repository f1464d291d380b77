import { describe, expect, test } from "vitest";
import { int, ints, string } from "../onnx/attributes";
import { QONNX_DOMAIN } from "../onnx/domains";
import { makeNode } from "../onnx/edit";
import type { Attribute, Tensor } from "../onnx/model";
import { float32Tensor, int64Tensor, scalarTensor } from "../onnx/tensor";
import { evaluateNode } from "./evaluate/node";
import { inferNodeShapes } from "./infer-node-shapes";

const ones = (...shape: number[]) =>
  float32Tensor(shape, new Array(shape.reduce((a, b) => a * b, 1)).fill(1));
const two = scalarTensor(2);
const map = ones(1, 2, 5, 6);

type Case = [opType: string, inputs: (Tensor | undefined)[], attributes?: Record<string, Attribute>];
const standard: Case[] = [
  ["Add", [map, ones(1, 2, 1, 1)]],
  ["Sub", [ones(6), map]],
  ["Mul", [map, two]],
  ["Div", [map, two]],
  ["Relu", [map]],
  ["Identity", [map]],
  ["Cast", [map], { to: int(7) }],
  ["BatchNormalization", [map, ones(2), ones(2), ones(2), ones(2)]],
  ["Shape", [map]],
  ["Shape", [map], { start: int(1), end: int(-1) }],
  ["Transpose", [map], { perm: ints([0, 2, 3, 1]) }],
  ["Reshape", [map, int64Tensor([0, -1])]],
  ["Flatten", [map], { axis: int(2) }],
  ["Squeeze", [ones(1, 3, 1)]],
  ["Unsqueeze", [ones(3), int64Tensor([0, 2])]],
  ["Gather", [map, int64Tensor([1, 0, 1])], { axis: int(2) }],
  ["Concat", [map, map], { axis: int(1) }],
  ["Pad", [map], { pads: ints([0, 0, 1, 2, 0, 0, 3, 0]) }],
  ["MatMul", [ones(1, 3, 4), ones(4, 5)]],
  ["Gemm", [ones(2, 3), ones(4, 3), ones(4)], { transB: int(1) }],
  ["Conv", [map, ones(4, 2, 3, 3)], { strides: ints([2, 1]), pads: ints([1, 0, 1, 2]) }],
  ["Conv", [map, ones(4, 1, 2, 3)], { group: int(2), dilations: ints([2, 1]) }],
  ["AveragePool", [map], { kernel_shape: ints([2, 3]), strides: ints([2, 2]) }],
  ["GlobalAveragePool", [map]],
  ["TopK", [ones(1, 7), int64Tensor([3])]],
];
const qonnx: Case[] = [
  ["Quant", [map, ones(1, 2, 1, 1), scalarTensor(0), two]],
  ["BipolarQuant", [map, two]],
  ["Trunc", [map, two, scalarTensor(0), two, two]],
  ["MultiThreshold", [map, ones(2, 3)]],
  ["QuantAvgPool2d", [map], { kernel: int(3), stride: int(2), ibits: int(4), obits: int(4) }],
  [
    "QuantAvgPool2d",
    [map],
    { kernel: int(1), stride: int(2), ibits: int(4), obits: int(4), data_layout: string("NHWC") },
  ],
  ["Im2Col", [map], { kernel_size: ints([1, 3]), stride: ints([1, 2]), pad_amount: ints([0, 1, 2, 0]) }],
];
const cases = [
  ...standard.map((row) => [row, ""] as const),
  ...qonnx.map((row) => [row, QONNX_DOMAIN] as const),
];

describe("the inferred shape is the shape of what is computed", () => {
  test.each(cases.map(([[op, inputs, attributes], domain]) => ({ op, inputs, attributes, domain })))(
    "$op $attributes",
    ({ op, inputs, attributes, domain }) => {
      const node = makeNode(op, [], [], attributes, { name: "n", domain });
      const computed = evaluateNode(node, inputs).map(({ shape, elemType }) => ({ shape, elemType }));
      const inferred = inferNodeShapes(
        node,
        inputs.map((constant) => constant && { ...constant, constant }),
      );
      expect(inferred).toEqual(computed);
    },
  );
});

describe("inputs that do not fit are refused", () => {
  const refused: [string, Tensor[], Record<string, Attribute>, string][] = [
    ["Add", [map, ones(5)], {}, "shapes [1,2,5,6] and [5] do not broadcast"],
    ["Conv", [map, ones(4, 3, 3, 3)], {}, "weights [4,3,3,3] in 1 groups do not fit 2 channels"],
    ["Conv", [map, ones(4, 2, 9, 9)], {}, "a window of 9x9 does not fit a map of 5x6"],
    ["Conv", [ones(1, 2, 5), ones(1, 2, 3)], {}, "only 2-D maps are supported"],
    ["Conv", [map, ones(4, 2, 3, 3)], { kernel_shape: ints([5, 5]) }, "kernel_shape [5,5]"],
    ["Conv", [map, ones(4, 2, 3, 3)], { strides: ints([0, 1]) }, "strides [0,1]"],
    ["Conv", [map, ones(4, 2, 3, 3)], { pads: ints([-1, 0, 0, 0]) }, "pads [-1,0,0,0]"],
    ["MatMul", [ones(1, 3), ones(4, 5)], {}, "can not multiply [1,3] by [4,5]"],
    ["BatchNormalization", [map, ones(3), ones(3), ones(3), ones(3)], {}, "do not fit 2 channels"],
    ["AveragePool", [map], { kernel_shape: ints([2, 2]), ceil_mode: int(1) }, "ceil_mode"],
  ];
  test.each(refused)("%s", (op, inputs, attributes, reason) => {
    const known = inputs.map((constant) => ({ ...constant, constant }));
    expect(() => inferNodeShapes(makeNode(op, [], [], attributes, { name: "n" }), known)).toThrow(
      `n (${op}): `,
    );
    expect(() => inferNodeShapes(makeNode(op, [], [], attributes, { name: "n" }), known)).toThrow(reason);
  });

  test("and so are outputs too large to be meant", () => {
    const [row, column] = [
      [1, 2 ** 20],
      [2 ** 20, 1],
    ].map((shape) => ({ shape, elemType: "float32" as const }));
    expect(() => inferNodeShapes(makeNode("Add", [], [], {}, { name: "n" }), [row, column])).toThrow(
      "too large",
    );
  });
});

test("what depends on values that are not constant is unknown", () => {
  const target = { shape: [2], elemType: "int64" as const };
  expect(inferNodeShapes(makeNode("Reshape", [], []), [map, target])).toEqual([undefined]);
  expect(inferNodeShapes(makeNode("Relu", [], []), [undefined])).toBeUndefined();
  expect(inferNodeShapes(makeNode("Softmax", [], []), [map])).toBeUndefined();
});

test.each([
  ["too few rows", ones(3, 2)],
  ["too many rows", ones(8, 2)],
  ["one dimension", ones(2)],
])("thresholds with %s are refused", (_, thresholds) => {
  const node = makeNode("MultiThreshold", ["x", "t"], ["y"], {}, { name: "act", domain: QONNX_DOMAIN });
  expect(() => inferNodeShapes(node, [map, thresholds])).toThrow("do not fit 2 channels");
});
