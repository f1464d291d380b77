import { bitLength, dataType, isIntegerDataType } from "../../graph/datatype";
import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { int, intAttr, intsAttr, string, stringAttr } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { type GraphEditor, makeNode, shapeOf } from "../../onnx/edit";
import type { OnnxNode } from "../../onnx/model";
import { isScalar, scalarOf, scalarTensor } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { windowOf } from "../evaluate/window";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/**
 * AveragePool, perhaps Mul by the size of the window, then Trunc: the sum over the window, of
 * which the low bits are cut off. It becomes Div (the input's scale), QuantAvgPool2d on
 * integers, Mul (the output's scale).
 *
 * QuantAvgPool2d shifts by the bits of the largest sum less the bits of its output; a Trunc that
 * asks for another shift, or would clamp, is refused. Run it when data types are inferred: the
 * input must be known to be unsigned integers times one scale.
 */
export const AvgPoolAndTruncToQuantAvgPool = nodePass(
  "AvgPoolAndTruncToQuantAvgPool",
  "Turns an average pool whose result is truncated into a sum of integers that is shifted.",
  (node, editor) => {
    if (node.opType !== "AveragePool" && node.opType !== "GlobalAveragePool") return false;
    const { kernel, stride } = squareWindow(node, editor);
    const area = kernel * kernel;
    const { scale: inputScale, bits: inputBits } = integerInput(node, editor);

    let trunc = editor.soleConsumer(node.outputs[0]);
    const factor = constantOperand(editor, trunc, "Mul");
    const scaledBack = factor !== undefined && isScalar(factor.value) && scalarOf(factor.value) === area;
    const mul = scaledBack ? trunc : undefined;
    if (mul) trunc = editor.soleConsumer(mul.outputs[0]);
    if (trunc?.opType !== "Trunc") {
      refuse(node, "an average pool is supported only in front of Trunc (TruncAvgPool2d in Brevitas)");
    }
    const { scale, outputScale, shift } = readTrunc(trunc, editor);
    const sumScale = scaledBack ? scale : scale * area;
    const greatestSum = (2 ** inputBits - 1) * area;
    // Trunc rounds the sums to integers first: a scale that is off by less than that changes none.
    if (Math.abs(inputScale / sumScale - 1) * greatestSum >= 0.25) {
      refuse(trunc, `its scale ${scale} does not belong to sums of values of scale ${inputScale}`);
    }
    const sumBits = bitLength(greatestSum);
    const outputBits = sumBits - shift.bits;
    if (shift.bits < 0 || outputBits < 1) refuse(trunc, `can not cut ${shift.bits} of ${sumBits} bits`);
    if (shift.clampBits !== undefined && outputBits > shift.clampBits) {
      refuse(trunc, `sums of ${sumBits} bits would be clamped to ${shift.clampBits}`);
    }

    const [divided, pooled] = ["divided", "pooled"].map((hint) =>
      editor.uniqueName(`${trunc.outputs[0]}_${hint}`),
    );
    const pool = makeNode(
      "QuantAvgPool2d",
      [divided!],
      [pooled!],
      {
        stride: int(stride),
        kernel: int(kernel),
        ibits: int(inputBits),
        obits: int(outputBits),
        signed: int(0),
        data_layout: string("NCHW"),
      },
      { domain: QONNX_DOMAIN },
    );
    editor.insertBefore(
      node,
      makeNode(
        "Div",
        [node.inputs[0] ?? "", scalarConstant(editor, node, "in_scale", inputScale)],
        [divided!],
      ),
      pool,
    );
    for (const old of [node, mul, trunc]) if (old) editor.remove(old);
    editor.insertAfter(
      pool,
      makeNode(
        "Mul",
        [pooled!, scalarConstant(editor, node, "out_scale", outputScale)],
        [trunc.outputs[0] ?? ""],
      ),
    );
    setDatatype(editor.graph, pooled!, `UINT${outputBits}`);
    return true;
  },
);

function squareWindow(node: OnnxNode, editor: GraphEditor): { kernel: number; stride: number } {
  const shape = shapeOf(editor.graph, node.inputs[0] ?? "");
  if (shape?.length !== 4) refuse(node, "the shape of its input is not known to be a map");
  const isGlobal = node.opType === "GlobalAveragePool";
  const { kernel, stride, pads } = windowOf(
    node,
    isGlobal ? shape.slice(2) : intsAttr(node, "kernel_shape", []),
  );
  if (pads.some(Boolean)) refuse(node, "padding is not supported");
  if (kernel[0] !== kernel[1] || stride[0] !== stride[1]) {
    refuse(node, `window ${kernel.join("x")} with stride ${stride.join("x")} is not square`);
  }
  return { kernel: kernel[0], stride: stride[0] };
}

/** Bits and scale of the pool's input: unsigned integers, or those times a scalar. */
function integerInput(node: OnnxNode, editor: GraphEditor): { scale: number; bits: number } {
  const input = node.inputs[0] ?? "";
  const factor = constantOperand(editor, editor.producer(input), "Mul");
  const integers = factor && isScalar(factor.value) ? factor.input : input;
  const datatype = datatypeOf(editor.graph, integers);
  if (!isIntegerDataType(datatype) || dataType(datatype).signed) {
    refuse(node, "its input is not known to be unsigned integers times one scale");
  }
  return { scale: integers === input || !factor ? 1 : scalarOf(factor.value), bits: dataType(datatype).bits };
}

/**
 * Scale of the sums, scale of the result, and by how many bits the sums are shifted. Version 1
 * has inputs (x, scale, zero point, bits in, bits out); version 2 (x, scale, zero point,
 * bits in, scale out, bits out), shifts by the rounded log2 of the scales' ratio, and clamps.
 */
function readTrunc(
  node: OnnxNode,
  editor: GraphEditor,
): { scale: number; outputScale: number; shift: { bits: number; clampBits?: number } } {
  const mode = stringAttr(node, "rounding_mode", "FLOOR").toUpperCase();
  if (mode !== "FLOOR")
    refuse(node, `rounding mode ${mode} is not supported; the hardware cuts bits off (FLOOR)`);
  const values = node.inputs.slice(1).map((name) => {
    const value = editor.constant(name);
    if (!value || !isScalar(value)) refuse(node, "its parameters are not all constant scalars");
    return scalarOf(value);
  });
  const [scale = 1, zeroPoint = 0, inputBits = 0, fourth = 0, fifth] = values;
  if (zeroPoint !== 0) refuse(node, "a zero point other than 0 is not supported");
  if (fifth === undefined) {
    if (!(scale > 0)) refuse(node, `its scale is ${scale}, not positive`);
    return { scale, outputScale: scale, shift: { bits: inputBits - fourth } };
  }
  if (!(scale > 0) || !(fourth > 0)) refuse(node, `its scales are ${scale} and ${fourth}, not positive`);
  if (intAttr(node, "signed", 1) !== 0) refuse(node, "a signed result is not supported");
  if (intAttr(node, "narrow", 0) !== 0) refuse(node, "an unsigned narrow range is not supported");
  return {
    scale,
    outputScale: fourth,
    shift: { bits: Math.round(Math.log2(fourth / scale)), clampBits: fifth },
  };
}

function scalarConstant(editor: GraphEditor, node: OnnxNode, hint: string, value: number): string {
  return editor.addConstant(`${node.name}_${hint}`, scalarTensor(value));
}
