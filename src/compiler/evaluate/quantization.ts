import { floatAttr, intAttr, stringAttr } from "../../onnx/attributes";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { add, divide, mapTensor, multiply, scalarOf, sizeOfShape, subtract } from "../../onnx/tensor";
import { channelAxis } from "../channels";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";

/** qonnx's quantizers and FINN's thresholds, with qonnx's float32 roundings in qonnx's order. */
export const quantization: Readonly<Record<string, Evaluator>> = {
  Quant: (node, inputs) => [quant(node, inputs)],
  IntQuant: (node, inputs) => [quant(node, inputs)],
  BipolarQuant: (node, inputs) => {
    const signs = mapTensor(need(node, inputs, 0), (x) => (x >= 0 ? 1 : -1));
    return [multiply(signs, need(node, inputs, 1))];
  },
  Trunc: (node, inputs) => [trunc(node, inputs)],
  MultiThreshold: (node, inputs) => [multiThreshold(node, need(node, inputs, 0), need(node, inputs, 1))],
};

/** qonnx: (clamp(x / scale + zero point), rounded, - zero point) * scale. The clamp comes first. */
function quant(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const [x, scale, zeroPoint, bits] = [0, 1, 2, 3].map((slot) => need(node, inputs, slot)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const { min, max } = quantRange(node, scalarOf(bits));
  const round = roundingOf(node, "ROUND");
  const bipolar = isBipolar(node, scalarOf(bits));
  const real = add(divide(x, scale), zeroPoint);
  const integers = mapTensor(real, (y) =>
    bipolar ? (y >= 0 ? 1 : -1) : round(Math.min(Math.max(y, min), max)),
  );
  return multiply(subtract(integers, zeroPoint), scale);
}

/** One signed bit stands for -1 and +1. */
export function isBipolar(node: OnnxNode, bits: number): boolean {
  return bits === 1 && intAttr(node, "signed", 1) === 1;
}

/** The integers of a Quant; for one signed bit, -1 and 1. */
function quantRange(node: OnnxNode, bits: number): { min: number; max: number } {
  const signed = intAttr(node, "signed", 1) === 1;
  const narrow = intAttr(node, "narrow", 0) === 1 ? 1 : 0;
  if (isBipolar(node, bits)) return { min: -1, max: 1 };
  return signed
    ? { min: -(2 ** (bits - 1)) + narrow, max: 2 ** (bits - 1) - 1 }
    : { min: 0, max: 2 ** bits - 1 - narrow };
}

/**
 * qonnx: the integers of the input are shifted right and rounded. Version 1 has inputs
 * (x, scale, zero point, bits in, bits out) and keeps the scale; version 2 has
 * (x, scale, zero point, bits in, scale out, bits out) and clamps.
 */
function trunc(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const [x, scale, zeroPoint] = [0, 1, 2].map((slot) => need(node, inputs, slot)) as [Tensor, Tensor, Tensor];
  const round = roundingOf(node, "FLOOR");
  const integers = mapTensor(add(divide(x, scale), zeroPoint), roundHalfEven);
  if (inputs.length < 6) {
    const shift = 2 ** (scalarOf(need(node, inputs, 3)) - scalarOf(need(node, inputs, 4)));
    return multiply(
      subtract(
        mapTensor(integers, (y) => round(y / shift)),
        zeroPoint,
      ),
      scale,
    );
  }
  const outScale = need(node, inputs, 4);
  const ratio = mapTensor(divide(outScale, scale), (r) => 2 ** roundHalfEven(Math.log2(r)));
  const { min, max } = quantRange(node, scalarOf(need(node, inputs, 5)));
  const cut = mapTensor(divide(integers, ratio), (y) => round(Math.min(Math.max(y, min), max)));
  return multiply(subtract(cut, divide(zeroPoint, ratio)), outScale);
}

/** out_scale * (number of thresholds <= x) + out_bias. Thresholds are [channels or 1, steps]. */
function multiThreshold(node: OnnxNode, x: Tensor, thresholds: Tensor): Tensor {
  const [rows, steps] = thresholds.shape as [number, number];
  const layout = stringAttr(node, "data_layout", "NCHW");
  const axis = channelAxis(layout, x.shape.length);
  const channels = x.shape[axis] ?? 1;
  if (thresholds.shape.length !== 2 || (rows !== 1 && rows !== channels)) {
    refuse(node, `thresholds [${thresholds.shape}] do not fit ${channels} channels`);
  }
  const scale = Math.fround(floatAttr(node, "out_scale", 1));
  const bias = Math.fround(floatAttr(node, "out_bias", 0));
  const inner = sizeOfShape(x.shape.slice(axis + 1));
  const out = new Float32Array(x.data.length);
  for (let i = 0; i < out.length; i++) {
    const row = rows === 1 ? 0 : Math.floor(i / inner) % channels;
    let count = 0;
    for (let t = 0; t < steps; t++) if (x.data[i]! >= thresholds.data[row * steps + t]!) count++;
    out[i] = Math.fround(scale * count) + bias;
  }
  return { shape: x.shape, elemType: "float32", data: out };
}

/** Half to even, as `ROUND` of qonnx and np.round do. */
export function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

const ROUNDINGS: Readonly<Record<string, (x: number) => number>> = {
  ROUND: roundHalfEven,
  HALF_EVEN: roundHalfEven,
  FLOOR: Math.floor,
  CEIL: Math.ceil,
  DOWN: Math.trunc,
  UP: (x) => Math.sign(x) * Math.ceil(Math.abs(x)),
  HALF_UP: (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  HALF_DOWN: (x) => Math.sign(x) * Math.ceil(Math.abs(x) - 0.5),
};

function roundingOf(node: OnnxNode, fallback: string): (x: number) => number {
  const mode = stringAttr(node, "rounding_mode", fallback).toUpperCase();
  return ROUNDINGS[mode] ?? refuse(node, `rounding mode ${mode} is not supported`);
}
