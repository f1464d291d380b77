import { intAttr, intsAttr, stringAttr } from "../onnx/attributes";
import { elementTypeOf } from "../onnx/element-type";
import type { ElementType, OnnxNode, Tensor } from "../onnx/model";
import { broadcastShape, sizeOfShape } from "../onnx/tensor";
import { channelAxis } from "./channels";
import {
  axesOf,
  flattenedShape,
  normalAxis,
  permutation,
  reshapedShape,
  squeezedShape,
  unsqueezedShape,
} from "./evaluate/shape";
import { topKCount } from "./evaluate/top-k";
import { im2ColWindow, outputSize, type Window, windowOf } from "./evaluate/window";
import { refuse } from "./pass";

/** An input as shape inference sees it: its shape, and its value where that is constant. */
export interface KnownInput {
  readonly shape: readonly number[];
  readonly elemType: ElementType;
  readonly constant?: Tensor | undefined;
}

type Inputs = readonly (KnownInput | undefined)[];
type Shape = readonly number[];
/** One shape for each output, or undefined where it depends on values that are not constant. */
type ShapeRule = (node: OnnxNode, inputs: Inputs) => (Shape | undefined)[];

/** Larger tensors than this are a mistake or an attack; 2^28 float32 values are a gigabyte. */
export const MAX_ELEMENTS = 2 ** 28;

/**
 * Shapes and element types of a node's outputs, or undefined if the operator has no rule or
 * an input it needs is not known. Refuses nodes whose inputs do not fit each other.
 */
export function inferNodeShapes(
  node: OnnxNode,
  inputs: Inputs,
): ({ shape: Shape; elemType: ElementType } | undefined)[] | undefined {
  const rule = RULES.get(node.opType);
  // Only the first input has a shape in every rule; the rules see to the others.
  if (!rule || !inputs[0]) return undefined;
  return rule(node, inputs).map((shape, output) => {
    if (!shape) return undefined;
    if (sizeOfShape(shape) > MAX_ELEMENTS) refuse(node, `its output [${shape}] is too large`);
    return { shape, elemType: outputType(node, inputs, output) };
  });
}

function outputType(node: OnnxNode, inputs: Inputs, output: number): ElementType {
  if (node.opType === "Shape" || (node.opType === "TopK" && output === 1)) return "int64";
  if (node.opType === "Cast") return elementTypeOf(intAttr(node, "to", 1)) ?? "float32";
  return inputs[0]?.elemType ?? "float32";
}

const same: ShapeRule = (_, [x]) => [x?.shape];

const broadcasting: ShapeRule = (node, [a, b]) => {
  if (!a || !b) return [undefined];
  return [
    broadcastShape(a.shape, b.shape) ?? refuse(node, `shapes [${a.shape}] and [${b.shape}] do not broadcast`),
  ];
};

/** Shape rules that need the first input only. */
const unary = (rule: (node: OnnxNode, shape: Shape, inputs: Inputs) => Shape | undefined): ShapeRule => {
  return (node, inputs) => [inputs[0] && rule(node, inputs[0].shape, inputs)];
};

const perChannel: ShapeRule = (node, inputs) => {
  const channels = inputs[0]?.shape[1];
  for (const parameter of inputs.slice(1, 5)) {
    if (parameter && parameter.shape.join() !== String(channels)) {
      refuse(node, `parameters [${parameter.shape}] do not fit ${channels} channels`);
    }
  }
  return [inputs[0]?.shape];
};

const RULES = new Map<string, ShapeRule>(
  Object.entries({
    ...Object.fromEntries(["Add", "Sub", "Mul", "Div", "BipolarQuant"].map((op) => [op, broadcasting])),
    ...Object.fromEntries(["Quant", "IntQuant", "Trunc"].map((op) => [op, broadcasting])),
    ...Object.fromEntries(
      ["Neg", "Abs", "Sqrt", "Floor", "Ceil", "Sign", "Relu", "Identity", "Cast"].map((op) => [op, same]),
    ),
    MultiThreshold: (node, [x, thresholds]) => [
      x && thresholds && countedShape(node, x.shape, thresholds.shape),
    ],
    Dropout: (_, [x]) => [x?.shape, x?.shape],
    BatchNormalization: perChannel,
    Shape: unary((node, shape) => [shape.slice(intAttr(node, "start", 0), intAttr(node, "end")).length]),
    Transpose: unary((node, shape) => permutation(node, shape.length).map((axis) => shape[axis]!)),
    Flatten: unary(flattenedShape),
    Reshape: unary((node, shape, [, target]) =>
      target?.constant ? reshapedShape(node, shape, [...target.constant.data]) : undefined,
    ),
    Squeeze: unary((node, shape, [, axes]) => squeezedShape(node, shape, axesOf(node, axes?.constant))),
    Unsqueeze: unary((node, shape, [, axes]) => unsqueezedShape(node, shape, axesOf(node, axes?.constant))),
    Gather: unary((node, shape, [, indices]) => {
      if (!indices) return undefined;
      const axis = normalAxis(node, intAttr(node, "axis", 0), shape.length);
      return [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)];
    }),
    Concat: unary((node, shape, inputs) => {
      const axis = normalAxis(node, intAttr(node, "axis", 0), shape.length);
      let length = 0;
      for (const input of inputs) {
        if (!input) return undefined;
        length += input.shape[axis] ?? 0;
      }
      return shape.with(axis, length);
    }),
    Pad: unary((node, shape, [, amounts]) => {
      const pads = intsAttr(node, "pads") ?? amounts?.constant?.data;
      return pads && shape.map((dim, axis) => dim + (pads[axis] ?? 0) + (pads[axis + shape.length] ?? 0));
    }),
    MatMul: (node, [a, b]) => [a && b && productShape(node, a.shape, b.shape)],
    Gemm: (node, [a, b]) => {
      if (!a || !b) return [undefined];
      const turn = (shape: Shape, attribute: string) =>
        intAttr(node, attribute, 0) ? shape.toReversed() : shape;
      return [productShape(node, turn(a.shape, "transA"), turn(b.shape, "transB"))];
    },
    Conv: (node, [x, w]) => [x && w && convShape(node, x.shape, w.shape)],
    Im2Col: unary((node, shape) => {
      const [n, height, width, channels] = map(node, shape);
      const window = im2ColWindow(node);
      const [oh, ow] = outputSize(node, window, height, width);
      return [n, oh, ow, window.kernel[0] * window.kernel[1] * channels];
    }),
    AveragePool: unary((node, shape) => {
      const [n, channels, height, width] = map(node, shape);
      return [
        n,
        channels,
        ...outputSize(node, windowOf(node, intsAttr(node, "kernel_shape", [])), height, width),
      ];
    }),
    GlobalAveragePool: unary((node, shape) => {
      const [n, channels] = map(node, shape);
      return [n, channels, 1, 1];
    }),
    QuantAvgPool2d: unary(quantAvgPoolShape),
    TopK: (node, [x, k]) => {
      if (!x || (!k?.constant && intAttr(node, "k") === undefined)) return [undefined, undefined];
      const axis = normalAxis(node, intAttr(node, "axis", -1), x.shape.length);
      const shape = x.shape.with(axis, topKCount(node, k?.constant));
      return [shape, shape];
    },
  } satisfies Record<string, ShapeRule>),
);

/** Thresholds are `[channels, steps]`, or `[1, steps]` for all channels. */
function countedShape(node: OnnxNode, x: Shape, thresholds: Shape): Shape {
  const channels = x[channelAxis(stringAttr(node, "data_layout", "NCHW"), x.length)];
  const [rows, steps = 0] = thresholds;
  if (thresholds.length !== 2 || steps < 1 || (rows !== 1 && rows !== channels)) {
    refuse(node, `thresholds [${thresholds}] do not fit ${channels} channels`);
  }
  return x;
}

function productShape(node: OnnxNode, a: Shape, b: Shape): Shape {
  const [k, n] = b;
  if (b.length !== 2 || n === undefined || a.length < 2 || a.at(-1) !== k) {
    refuse(node, `can not multiply [${a}] by [${b}]`);
  }
  return [...a.slice(0, -1), n];
}

function convShape(node: OnnxNode, x: Shape, w: Shape): Shape {
  const [n, channels, height, width] = map(node, x);
  const [out, groupChannels, kh, kw] = map(node, w);
  const groups = intAttr(node, "group", 1);
  if (groupChannels * groups !== channels || out % groups !== 0) {
    refuse(node, `weights [${w}] in ${groups} groups do not fit ${channels} channels`);
  }
  const stated = intsAttr(node, "kernel_shape");
  if (stated && stated.join() !== `${kh},${kw}`)
    refuse(node, `kernel_shape [${stated}] is not that of weights [${w}]`);
  return [n, out, ...outputSize(node, windowOf(node, [kh, kw]), height, width)];
}

function quantAvgPoolShape(node: OnnxNode, shape: Shape): Shape {
  const kernel = intAttr(node, "kernel", 1);
  const stride = intAttr(node, "stride", 1);
  const window: Window = {
    kernel: [kernel, kernel],
    stride: [stride, stride],
    dilation: [1, 1],
    pads: [0, 0, 0, 0],
  };
  if (node.attributes.get("data_layout")?.value === "NHWC") {
    const [n, height, width, channels] = map(node, shape);
    return [n, ...outputSize(node, window, height, width), channels];
  }
  const [n, channels, height, width] = map(node, shape);
  return [n, channels, ...outputSize(node, window, height, width)];
}

/** A shape of four dimensions. */
function map(node: OnnxNode, shape: Shape): [number, number, number, number] {
  if (shape.length !== 4) refuse(node, `needs four dimensions, not [${shape}]; only 2-D maps are supported`);
  return [...shape] as [number, number, number, number];
}
