import { floatAttr, stringAttr } from "../onnx/attributes";
import type { GraphEditor } from "../onnx/edit";
import { shapeOf } from "../onnx/edit";
import type { OnnxNode, Tensor } from "../onnx/model";
import { everyValue } from "../onnx/tensor";
import { channelAxis } from "./channels";
import { refuse } from "./pass";

/** What a hardware node needs to know of a MultiThreshold. */
export interface ThresholdActivation {
  /** `[channels, steps]`, each row ascending. */
  readonly thresholds: Tensor;
  /** The value below the first threshold. */
  readonly actVal: number;
  /** Data type of the output, by FINN's name. */
  readonly datatype: string;
}

/**
 * Reads a MultiThreshold as hardware thresholds: `actVal` plus the number of thresholds reached.
 *
 * BIPOLAR outputs, which FINN writes as 2 * count - 1, become the same threshold twice, counted
 * from -1. Refuses outputs that are no integers, thresholds that are no integers, and channels
 * that are not the last axis.
 */
export function readActivation(editor: GraphEditor, node: OnnxNode): ThresholdActivation {
  const { graph } = editor;
  const shape = shapeOf(graph, node.inputs[0] ?? "") ?? refuse(node, "the shape of its input is not known");
  const thresholds = editor.constant(node.inputs[1]) ?? refuse(node, "its thresholds are not constant");
  const axis = channelAxis(stringAttr(node, "data_layout", "NCHW"), shape.length);
  if (axis !== shape.length - 1) refuse(node, "a Transpose in front of it could not be moved away");
  if (!everyValue(thresholds, Number.isInteger)) refuse(node, "its input is no integer");
  const datatype = stringAttr(node, "out_dtype", "FLOAT32");
  const scale = floatAttr(node, "out_scale", 1);
  const bias = floatAttr(node, "out_bias", 0);
  const bipolar = datatype === "BIPOLAR" && scale === 2 && bias === -1;
  if (!bipolar && (scale !== 1 || !Number.isInteger(bias))) {
    refuse(node, `its output, ${scale} times a count plus ${bias}, is no integer of the hardware`);
  }
  return {
    thresholds: eachChannel(thresholds, shape[axis] ?? 1, bipolar ? 2 : 1),
    actVal: bias,
    datatype,
  };
}

/** Thresholds for each channel (those shared by all are written out), ascending, each `times` times. */
function eachChannel(thresholds: Tensor, channels: number, times: number): Tensor {
  const [rows = 1, steps = 0] = thresholds.shape;
  const width = steps * times;
  const data = new Float32Array(channels * width);
  for (let channel = 0; channel < channels; channel++) {
    const start = (rows === 1 ? 0 : channel) * steps;
    // The count does not depend on the order; the hardware's search does.
    const row = Float32Array.from(thresholds.data.slice(start, start + steps)).sort();
    for (let i = 0; i < width; i++) data[channel * width + i] = row[Math.floor(i / times)]!;
  }
  return { shape: [channels, width], elemType: "float32", data };
}
