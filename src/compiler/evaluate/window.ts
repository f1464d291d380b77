import { intAttr, intsAttr, stringAttr } from "../../onnx/attributes";
import type { OnnxNode } from "../../onnx/model";
import { refuse } from "../pass";

/** A window that slides over a map: what Conv, the pools and Im2Col share. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  readonly pads: readonly [number, number, number, number];
}

/** The window of an ONNX node in two dimensions; refuses the forms of it that nobody exports. */
export function windowOf(node: OnnxNode, kernel: readonly number[]): Window {
  const autoPad = stringAttr(node, "auto_pad", "NOTSET");
  if (autoPad !== "NOTSET" && autoPad !== "VALID") refuse(node, `auto_pad ${autoPad} is not supported`);
  if (intAttr(node, "ceil_mode", 0) !== 0) refuse(node, "ceil_mode is not supported");
  return {
    kernel: pair(node, "kernel_shape", kernel),
    stride: pair(node, "strides", intsAttr(node, "strides", [1, 1])),
    dilation: pair(node, "dilations", intsAttr(node, "dilations", [1, 1])),
    pads: autoPad === "VALID" ? [0, 0, 0, 0] : padsOf(node, "pads"),
  };
}

/** The window of qonnx's Im2Col, which has attribute names of its own. */
export function im2ColWindow(node: OnnxNode): Window {
  return {
    kernel: pair(node, "kernel_size", intsAttr(node, "kernel_size", [])),
    stride: pair(node, "stride", intsAttr(node, "stride", [1, 1])),
    dilation: pair(node, "dilations", intsAttr(node, "dilations", [1, 1])),
    pads: padsOf(node, "pad_amount"),
  };
}

/** Number of window positions along height and width. */
export function outputSize(node: OnnxNode, window: Window, height: number, width: number): [number, number] {
  const [top, left, bottom, right] = window.pads;
  const along = (size: number, pads: number, axis: 0 | 1) =>
    Math.floor(
      (size + pads - (window.dilation[axis] * (window.kernel[axis] - 1) + 1)) / window.stride[axis],
    ) + 1;
  const size: [number, number] = [along(height, top + bottom, 0), along(width, left + right, 1)];
  if (size[0] < 1 || size[1] < 1) {
    refuse(node, `a window of ${window.kernel.join("x")} does not fit a map of ${height}x${width}`);
  }
  return size;
}

function padsOf(node: OnnxNode, name: string): [number, number, number, number] {
  const pads = intsAttr(node, name, [0, 0, 0, 0]);
  const [top, left, bottom, right] = pads;
  if (pads.length !== 4 || pads.some((amount) => amount < 0))
    refuse(node, `${name} [${pads}] is not supported`);
  return [top!, left!, bottom!, right!];
}

function pair(node: OnnxNode, name: string, values: readonly number[]): [number, number] {
  const [a, b] = values;
  if (values.length !== 2 || !(a! > 0) || !(b! > 0)) refuse(node, `${name} [${values}] is not supported`);
  return [a!, b!];
}
