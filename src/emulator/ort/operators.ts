import { type DataflowGraph, mapShape, type Stream, sizeOf } from "../../graph/dataflow";
import { int, ints } from "../../onnx/attributes";
import { protoOf } from "../../onnx/element-type";
import type { ElementType } from "../../onnx/model";
import type { Layer } from "./layers";
import type { OnnxBuilder } from "./onnx-builder";

/** The name of the twins' input. */
export const INPUT = "input";

/** `[1, C, H, W]` */
export function channelsFirst(stream: Stream): readonly number[] {
  const { height, width, channels } = mapShape(stream);
  return [1, channels, height, width];
}

/** The graph's input as it is (NHWC), then as floats `[1, C, H, W]`; returns the latter's name. */
export function writeInput(builder: OnnxBuilder, { input }: DataflowGraph, elemType: ElementType): string {
  builder.input(INPUT, elemType, input.shape);
  const floats =
    elemType === "float32" ? INPUT : builder.op("Cast", [INPUT], { to: int(protoOf("float32")) });
  return input.shape.length === 4
    ? builder.op("Transpose", [floats], { perm: ints([0, 3, 1, 2]) })
    : builder.op("Reshape", [floats, builder.integers(...channelsFirst(input))]);
}

/** `[1, C, H, W]` as the vector `[1, H * W * C, 1, 1]` in stream order, if the layer reads it so. */
export function flattened(builder: OnnxBuilder, tensor: string, { flattens }: Layer): string {
  if (!flattens) return tensor;
  const pixels = builder.op("Transpose", [tensor], { perm: ints([0, 2, 3, 1]) });
  return builder.op("Reshape", [pixels, builder.integers(1, sizeOf(flattens.shape), 1, 1)]);
}

/** Padding as an operator of its own, for layers that do not convolve; the tensor itself if there is none. */
export function padded(builder: OnnxBuilder, tensor: string, { pad }: Layer): string {
  const pads = [0, 0, pad.top, pad.left, 0, 0, pad.bottom, pad.right];
  return pads.every((side) => side === 0) ? tensor : builder.op("Pad", [tensor, builder.integers(...pads)]);
}

/** The attributes with which Conv reads its input as a layer does. */
export function slidingAttributes({ pad, window }: Layer) {
  return {
    pads: ints([pad.top, pad.left, pad.bottom, pad.right]),
    kernel_shape: ints(window?.kernel ?? [1, 1]),
    strides: ints(window?.stride ?? [1, 1]),
    dilations: ints(window?.dilation ?? [1, 1]),
  };
}
