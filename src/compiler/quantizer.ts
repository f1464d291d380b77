import { intAttr, stringAttr } from "../onnx/attributes";
import type { GraphEditor } from "../onnx/edit";
import type { OnnxNode, Tensor } from "../onnx/model";
import { isScalar } from "../onnx/tensor";
import { refuse } from "./pass";

/** What a Quant, IntQuant or BipolarQuant node says, once it is known to be one that can become hardware. */
export interface Quantizer {
  readonly scale: Tensor;
  readonly bits: number;
  readonly signed: boolean;
  readonly narrow: boolean;
  readonly roundingMode: string;
}

export function isQuantizer(node: OnnxNode | undefined): node is OnnxNode {
  return node !== undefined && ["Quant", "IntQuant", "BipolarQuant"].includes(node.opType);
}

/** One signed bit: -1 and +1, with no zero. */
export function isBipolarQuantizer({ bits, signed }: Quantizer): boolean {
  return bits === 1 && signed;
}

/**
 * Reads a quantizer. Refuses scales, zero points and widths that are computed, scales that are
 * not positive, zero points other than 0, and widths that differ from channel to channel.
 */
export function readQuantizer(node: OnnxNode, editor: GraphEditor): Quantizer {
  const scale = constantInput(node, editor, 1, "scale");
  scale.data.forEach((value, i) => {
    if (!(value > 0)) refuse(node, `its scale "${node.inputs[1]}" is ${value} at ${i}, not positive`);
  });
  if (node.opType === "BipolarQuant") {
    return { scale, bits: 1, signed: true, narrow: false, roundingMode: "ROUND" };
  }
  const zeroPoint = constantInput(node, editor, 2, "zero point");
  if (zeroPoint.data.some((value) => value !== 0)) refuse(node, "a zero point other than 0 is not supported");
  const width = constantInput(node, editor, 3, "bit width");
  const bits = width.data[0] ?? 0;
  if (!isScalar(width) || !Number.isInteger(bits) || bits < 1 || bits > 64) {
    refuse(node, `a bit width of ${[...width.data].join(", ")} is not supported`);
  }
  return {
    scale,
    bits,
    signed: intAttr(node, "signed", 1) === 1,
    narrow: intAttr(node, "narrow", 0) === 1,
    roundingMode: stringAttr(node, "rounding_mode", "ROUND").toUpperCase(),
  };
}

function constantInput(node: OnnxNode, editor: GraphEditor, slot: number, what: string): Tensor {
  return editor.constant(node.inputs[slot]) ?? refuse(node, `its ${what} is not a constant`);
}
