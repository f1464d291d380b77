import { uint } from "../../graph/datatype";
import { setDatatype } from "../../onnx/annotations";
import { float, string } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { type GraphEditor, makeNode, shapeOf } from "../../onnx/edit";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { everyValue, float32Tensor, isScalar, reshape, scalarTensor } from "../../onnx/tensor";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";
import { isBipolarQuantizer, isQuantizer, type Quantizer, readQuantizer } from "../quantizer";

/** More bits would take more than 255 thresholds a channel. */
const MAX_ACTIVATION_BITS = 8;

/**
 * An activation's quantizer becomes MultiThreshold, which counts how many thresholds the value
 * has reached, an Add of the lowest code if the type is signed, and a Mul of the scale. A Relu
 * in front of an unsigned quantizer goes, since no threshold is negative.
 *
 * The same but on ties: Quant rounds a value half way between two codes to the even one,
 * thresholds always round it up.
 */
export const ConvertQuantActToMultiThreshold = nodePass(
  "ConvertQuantActToMultiThreshold",
  "Replaces the quantizer of an activation by thresholds to count, which is what the hardware does.",
  (node, editor) => {
    if (!isQuantizer(node) || editor.constant(node.inputs[0])) return false;
    const quantizer = readQuantizer(node, editor);
    const relu = editor.producer(node.inputs[0]);
    const afterRelu = relu?.opType === "Relu";
    check(node, quantizer, afterRelu);

    const input = (afterRelu ? relu.inputs[0] : node.inputs[0]) ?? "";
    const { graph } = editor;
    const rank = (shapeOf(graph, node.inputs[0] ?? "") ?? shapeOf(graph, input))?.length ?? 4;
    const bipolar = isBipolarQuantizer(quantizer);
    const { thresholds, offset } = bipolar ? { thresholds: [0], offset: 0 } : thresholdsOf(quantizer);
    const rows = bipolar ? 1 : channelRows(node, quantizer.scale, rank);
    const datatype = bipolar ? "BIPOLAR" : uint(quantizer.bits).name;

    const chain: OnnxNode[] = [];
    const append = (opType: string, from: string, constant: Tensor, hint: string): string => {
      const to = editor.uniqueName(`${node.outputs[0]}_${hint}`);
      chain.push(makeNode(opType, [from, editor.addConstant(`${node.name}_${hint}`, constant)], [to]));
      return to;
    };
    let last = append(
      "MultiThreshold",
      input,
      float32Tensor([rows, thresholds.length / rows], thresholds),
      "thresholds",
    );
    const multiThreshold = chain[0]!;
    multiThreshold.domain = QONNX_DOMAIN;
    multiThreshold.attributes.set("out_dtype", string(datatype));
    multiThreshold.attributes.set("data_layout", string(rank === 4 ? "NCHW" : "NC"));
    if (bipolar) {
      // FINN: 2 * count - 1 is -1 below zero and +1 from zero on.
      multiThreshold.attributes.set("out_scale", float(2));
      multiThreshold.attributes.set("out_bias", float(-1));
    }
    if (offset !== 0) last = append("Add", last, scalarTensor(offset), "offset");
    if (!everyValue(quantizer.scale, (scale) => scale === 1)) {
      append(
        "Mul",
        last,
        isScalar(quantizer.scale) ? scalarTensor(quantizer.scale.data[0]!) : quantizer.scale,
        "scale",
      );
    }
    replace(node, chain, editor);
    setDatatype(graph, multiThreshold.outputs[0] ?? "", datatype);
    if (
      afterRelu &&
      editor.consumers(relu.outputs[0]).length === 0 &&
      !editor.isGraphOutput(relu.outputs[0])
    ) {
      editor.remove(relu);
    }
    return true;
  },
);

function check(node: OnnxNode, quantizer: Quantizer, afterRelu: boolean): void {
  const { bits, signed, narrow, roundingMode } = quantizer;
  if (bits > MAX_ACTIVATION_BITS) {
    refuse(node, `activations of ${bits} bits are not supported; up to ${MAX_ACTIVATION_BITS} are`);
  }
  if (roundingMode !== "ROUND" && roundingMode !== "HALF_EVEN") {
    refuse(node, `rounding mode ${roundingMode} is not supported for activations`);
  }
  if (!signed && narrow) refuse(node, "an unsigned narrow range is not supported");
  if (signed && afterRelu) refuse(node, "a signed quantizer behind Relu is not supported");
}

/**
 * The thresholds, row by row, and the code below the first of them. FINN: for a scale s, codes
 * from 0 on change at s/2 + t s, signed ones at -s/2 - (n div 2 - 1) s [- s if not narrow] + t s.
 * FINN 1.6 sums in float64 and rounds to float32 once; older releases rounded each step, which
 * moves a threshold by one unit in the last place at most.
 */
function thresholdsOf({ scale, bits, signed, narrow }: Quantizer): { thresholds: number[]; offset: number } {
  const steps = 2 ** bits - (signed && narrow ? 2 : 1);
  const first = (s: number) => (signed ? -s / 2 - s * (Math.floor(steps / 2) - (narrow ? 1 : 0)) : s / 2);
  const row = (s: number) => Array.from({ length: steps }, (_, t) => Math.fround(first(s) + s * t));
  return {
    thresholds: Array.from(scale.data).flatMap(row),
    offset: signed ? -(2 ** (bits - 1)) + (narrow ? 1 : 0) : 0,
  };
}

/** Rows of thresholds: one for all channels, or one a channel along dimension 1. */
function channelRows(node: OnnxNode, scale: Tensor, rank: number): number {
  if (isScalar(scale)) return 1;
  const padded = reshape(scale, [
    ...new Array<number>(Math.max(0, rank - scale.shape.length)).fill(1),
    ...scale.shape,
  ]);
  if (padded.shape[1] !== scale.data.length) {
    refuse(node, `a scale of shape [${scale.shape}] is not one per channel`);
  }
  return scale.data.length;
}

/** Puts a chain of nodes in the place of one; its last output gets the name of the old one's. */
function replace(node: OnnxNode, chain: readonly OnnxNode[], editor: GraphEditor): void {
  editor.insertBefore(node, ...chain);
  editor.remove(node);
  const last = chain.at(-1);
  if (last) editor.setOutput(last, 0, node.outputs[0] ?? "");
}
