import { intAttr, intsAttr } from "../../onnx/attributes";
import { newTensorData } from "../../onnx/element-type";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { int64Tensor, reshape, sizeOfShape, stridesOf, transpose } from "../../onnx/tensor";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";

/** Operators that move values or shapes about and compute nothing. */
export const shapeOps: Readonly<Record<string, Evaluator>> = {
  Shape: (node, inputs) => {
    const { shape } = need(node, inputs, 0);
    return [int64Tensor(shape.slice(intAttr(node, "start", 0), intAttr(node, "end")))];
  },
  Reshape: (node, inputs) => {
    const x = need(node, inputs, 0);
    return [reshape(x, reshapedShape(node, x.shape, [...need(node, inputs, 1).data]))];
  },
  Flatten: (node, inputs) => {
    const x = need(node, inputs, 0);
    return [reshape(x, flattenedShape(node, x.shape))];
  },
  Squeeze: (node, inputs) => {
    const x = need(node, inputs, 0);
    return [reshape(x, squeezedShape(node, x.shape, axesOf(node, inputs[1])))];
  },
  Unsqueeze: (node, inputs) => {
    const x = need(node, inputs, 0);
    return [reshape(x, unsqueezedShape(node, x.shape, axesOf(node, inputs[1])))];
  },
  Transpose: (node, inputs) => {
    const x = need(node, inputs, 0);
    return [transpose(x, permutation(node, x.shape.length))];
  },
  Gather: (node, inputs) => [gather(node, need(node, inputs, 0), need(node, inputs, 1))],
  Concat: (node, inputs) => [
    concat(
      node,
      inputs.map((_, slot) => need(node, inputs, slot)),
    ),
  ],
  Pad: (node, inputs) => [pad(node, inputs)],
};

/** The axes of Squeeze and Unsqueeze: an attribute before opset 13, an input from then on. */
export function axesOf(node: OnnxNode, input: Tensor | undefined): readonly number[] | undefined {
  return input ? [...input.data] : intsAttr(node, "axes");
}

/** Output shape of a Reshape: 0 copies a dimension, -1 takes what is left. */
export function reshapedShape(node: OnnxNode, from: readonly number[], target: readonly number[]): number[] {
  if (intAttr(node, "allowzero", 0) !== 0 && target.includes(0)) refuse(node, "makes an empty tensor");
  const shape = target.map((dim, axis) => (dim === 0 ? (from[axis] ?? 1) : dim));
  const open = shape.indexOf(-1);
  const size = sizeOfShape(from);
  if (open >= 0) shape[open] = size / sizeOfShape(shape.filter((_, axis) => axis !== open));
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0) || sizeOfShape(shape) !== size) {
    refuse(node, `[${from}] can not be reshaped to [${target}]`);
  }
  return shape;
}

export function flattenedShape(node: OnnxNode, from: readonly number[]): number[] {
  const axis = intAttr(node, "axis", 1);
  const cut = axis < 0 ? axis + from.length : axis;
  return [sizeOfShape(from.slice(0, cut)), sizeOfShape(from.slice(cut))];
}

export function squeezedShape(
  node: OnnxNode,
  from: readonly number[],
  axes: readonly number[] | undefined,
): number[] {
  const drop = axes?.map((axis) => normalAxis(node, axis, from.length));
  const shape = from.filter((dim, axis) => (drop ? !drop.includes(axis) : dim !== 1));
  if (sizeOfShape(shape) !== sizeOfShape(from)) refuse(node, `axes [${axes}] of [${from}] are not all 1`);
  return shape;
}

export function unsqueezedShape(
  node: OnnxNode,
  from: readonly number[],
  axes: readonly number[] | undefined,
): number[] {
  if (!axes) refuse(node, "has no axes");
  const rank = from.length + axes.length;
  const added = new Set(axes.map((axis) => normalAxis(node, axis, rank)));
  let next = 0;
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (from[next++] ?? 1)));
}

/** Transpose reverses the dimensions unless it says otherwise. */
export function permutation(node: OnnxNode, rank: number): readonly number[] {
  const perm = intsAttr(node, "perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const sorted = [...perm].sort((a, b) => a - b);
  if (perm.length !== rank || sorted.some((axis, i) => axis !== i)) {
    refuse(node, `perm [${perm}] does not fit ${rank} dimensions`);
  }
  return perm;
}

/** An axis counted from the end is negative. */
export function normalAxis(node: OnnxNode, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (normal < 0 || normal >= rank) refuse(node, `axis ${axis} is not among ${rank} dimensions`);
  return normal;
}

function gather(node: OnnxNode, x: Tensor, indices: Tensor): Tensor {
  const axis = normalAxis(node, intAttr(node, "axis", 0), x.shape.length);
  const length = x.shape[axis]!;
  const inner = stridesOf(x.shape)[axis]!;
  const outer = sizeOfShape(x.shape.slice(0, axis));
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const data = newTensorData(x.elemType, sizeOfShape(shape));
  let out = 0;
  for (let o = 0; o < outer; o++) {
    for (const index of indices.data) {
      const at = index < 0 ? index + length : index;
      if (at < 0 || at >= length) refuse(node, `index ${index} is outside [0, ${length})`);
      for (let i = 0; i < inner; i++) data[out++] = x.data[(o * length + at) * inner + i]!;
    }
  }
  return { shape, elemType: x.elemType, data };
}

function concat(node: OnnxNode, parts: readonly Tensor[]): Tensor {
  const first = parts[0] ?? refuse(node, "has no inputs");
  const axis = normalAxis(node, intAttr(node, "axis", 0), first.shape.length);
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  const shape = first.shape.with(axis, length);
  for (const part of parts) {
    const fits =
      part.shape.length === shape.length && part.shape.every((dim, i) => i === axis || dim === shape[i]);
    if (!fits) refuse(node, `[${part.shape}] does not fit next to [${first.shape}]`);
  }
  const data = newTensorData(first.elemType, sizeOfShape(shape));
  const outer = sizeOfShape(shape.slice(0, axis));
  let out = 0;
  for (let o = 0; o < outer; o++) {
    for (const part of parts) {
      const run = part.data.length / outer;
      data.set(part.data.subarray(o * run, (o + 1) * run), out);
      out += run;
    }
  }
  return { shape, elemType: first.elemType, data };
}

function pad(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const x = need(node, inputs, 0);
  const pads = intsAttr(node, "pads") ?? [...need(node, inputs, 1).data];
  const rank = x.shape.length;
  if (pads.length !== 2 * rank || pads.some((amount) => amount < 0) || inputs[3]) {
    refuse(node, `pads [${pads}] are not supported`);
  }
  if ((node.attributes.get("mode")?.value ?? "constant") !== "constant")
    refuse(node, "only constant padding is supported");
  const shape = x.shape.map((dim, axis) => pads[axis]! + dim + pads[axis + rank]!);
  const data = newTensorData(x.elemType, sizeOfShape(shape)).fill(inputs[2]?.data[0] ?? 0);
  const from = stridesOf(x.shape);
  const to = stridesOf(shape);
  for (let i = 0; i < x.data.length; i++) {
    let at = 0;
    for (let axis = 0; axis < rank; axis++) {
      at += ((Math.floor(i / from[axis]!) % x.shape[axis]!) + pads[axis]!) * to[axis]!;
    }
    data[at] = x.data[i]!;
  }
  return { shape, elemType: x.elemType, data };
}
