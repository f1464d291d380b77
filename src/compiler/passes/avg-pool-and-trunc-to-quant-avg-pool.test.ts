import { describe, expect, test } from "vitest";
import { int, ints, string } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { Attribute, OnnxModel } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { executeModel } from "../testing/execute";
import { AvgPoolAndTruncToQuantAvgPool } from "./avg-pool-and-trunc-to-quant-avg-pool";
import { InferShapes } from "./infer-shapes";

const SCALE = 0.3;

interface Options {
  readonly pool?: Record<string, Attribute>;
  readonly global?: boolean;
  /** The Mul by the window's size that Brevitas wrote until Trunc version 2. */
  readonly factor?: number;
  /** Trunc's parameters behind the zero point. */
  readonly trunc?: readonly number[];
  readonly truncScale?: number;
  readonly zeroPoint?: number;
  readonly attributes?: Record<string, Attribute>;
  readonly datatype?: string;
}

/** codes (4 bits) -> Mul SCALE -> AveragePool -> (Mul) -> Trunc, on 3 channels of 7 by 7. */
function pool(options: Options = {}): OnnxModel {
  const { factor, truncScale = factor ? SCALE : SCALE / 49, trunc = [10, SCALE * (64 / 49), 4] } = options;
  const kernel = options.pool ?? {
    kernel_shape: ints([7, 7]),
    strides: ints([1, 1]),
    pads: ints([0, 0, 0, 0]),
  };
  const parameters = Object.fromEntries(trunc.map((value, i) => [`p${i}`, scalarTensor(value)]));
  const model = buildModel({
    inputs: { codes: [1, 3, 7, 7] },
    constants: {
      act: scalarTensor(SCALE),
      area: scalarTensor(factor ?? 0),
      s: scalarTensor(truncScale),
      z: scalarTensor(options.zeroPoint ?? 0),
      ...parameters,
    },
    nodes: [
      makeNode("Mul", ["codes", "act"], ["x"]),
      options.global
        ? makeNode("GlobalAveragePool", ["x"], ["mean"])
        : makeNode("AveragePool", ["x"], ["mean"], kernel),
      ...(factor ? [makeNode("Mul", ["mean", "area"], ["sum"])] : []),
      inQonnxDomain(
        makeNode(
          "Trunc",
          [factor ? "sum" : "mean", "s", "z", ...Object.keys(parameters)],
          ["y"],
          options.attributes ?? { signed: int(0), narrow: int(0), rounding_mode: string("FLOOR") },
          { name: "cut" },
        ),
      ),
    ],
    datatypes: { codes: options.datatype ?? "UINT4" },
  });
  InferShapes.apply(model);
  return model;
}

/** All sums from 0 to 735 that occur: three images' worth of codes, each channel another one. */
const inputs = [0, 5, 11].map((seed) =>
  float32Tensor(
    [1, 3, 7, 7],
    Array.from({ length: 147 }, (_, i) => (i * (seed + 3) + Math.floor(i / 49) * seed) % 16),
  ),
);

function expectSameOutputs(model: OnnxModel): void {
  const run = () => inputs.map((codes) => executeModel(model, { codes }).get("y")!);
  const before = run();
  expect(AvgPoolAndTruncToQuantAvgPool.apply(model)).toBe(true);
  const after = run();
  after.forEach(({ shape, data }, image) => {
    expect(shape).toEqual(before[image]!.shape);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(before[image]!.data[i]!, 5);
    });
  });
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Mul", "Div", "QuantAvgPool2d", "Mul"]);
}

describe("the forms that Brevitas has written", () => {
  test("version 1: mean, times the window, cut by the difference of the bits", () => {
    expectSameOutputs(pool({ factor: 49, trunc: [10, 4] }));
  });

  test("version 2: mean, cut by the ratio of the scales", () => {
    expectSameOutputs(pool());
  });

  test("version 2 with the window's factor", () => {
    expectSameOutputs(pool({ factor: 49, trunc: [10, SCALE * 64, 4] }));
  });

  test("a global pool", () => {
    expectSameOutputs(pool({ global: true }));
  });

  test("a smaller window with a stride", () => {
    const kernel = { kernel_shape: ints([2, 2]), strides: ints([2, 2]) };
    expectSameOutputs(pool({ pool: kernel, truncScale: SCALE / 4, trunc: [6, SCALE, 4] }));
  });

  test("a result of other bits than the codes", () => {
    expectSameOutputs(pool({ factor: 49, trunc: [10, 7] }));
    expectSameOutputs(pool({ factor: 49, trunc: [10, 10] }));
  });
});

test("the pool's attributes: FINN shifts by the bits of the sum less those of the result", () => {
  const model = pool();
  AvgPoolAndTruncToQuantAvgPool.apply(model);
  expect(model.graph.nodes[2]?.attributes).toEqual(
    new Map<string, Attribute>([
      ["stride", int(1)],
      ["kernel", int(7)],
      ["ibits", int(4)],
      ["obits", int(4)],
      ["signed", int(0)],
      ["data_layout", string("NCHW")],
    ]),
  );
});

test.each<[string, Options, string]>([
  [
    "rounding",
    { attributes: { signed: int(0), rounding_mode: string("ROUND") } },
    "cut (Trunc): rounding mode ROUND",
  ],
  [
    "padding",
    { pool: { kernel_shape: ints([7, 7]), pads: ints([1, 1, 1, 1]) } },
    "AveragePool_1 (AveragePool): padding",
  ],
  ["an oblong window", { pool: { kernel_shape: ints([7, 5]) } }, "is not square"],
  ["a zero point", { zeroPoint: 1 }, "cut (Trunc): a zero point"],
  ["a scale of other sums", { truncScale: SCALE }, "does not belong to sums of values of scale 0.3"],
  [
    "a scale that loses a step in large sums",
    { truncScale: (SCALE / 49) * 1.0005 },
    "does not belong to sums",
  ],
  ["a scale of zero", { truncScale: 0 }, "not positive"],
  ["a result that would be clamped", { trunc: [10, SCALE / 49, 4] }, "would be clamped to 4"],
  ["a shift of more bits than there are", { factor: 49, trunc: [30, 4] }, "can not cut 26 of 10 bits"],
  ["a signed result", { attributes: { signed: int(1) } }, "cut (Trunc): a signed result"],
  ["signed codes", { datatype: "INT4" }, "not known to be unsigned integers"],
  ["floats", { datatype: "FLOAT32" }, "not known to be unsigned integers"],
])("%s is refused", (_, options, reason) => {
  expect(() => AvgPoolAndTruncToQuantAvgPool.apply(pool(options))).toThrow(reason);
});

test("a pool without Trunc is refused", () => {
  const model = buildModel({
    datatypes: { x: "UINT4" },
    nodes: [
      makeNode("AveragePool", ["x"], ["m"], { kernel_shape: ints([2, 2]) }),
      makeNode("Relu", ["m"], ["y"]),
    ],
  });
  InferShapes.apply(model);
  expect(() => AvgPoolAndTruncToQuantAvgPool.apply(model)).toThrow("supported only in front of Trunc");
});
