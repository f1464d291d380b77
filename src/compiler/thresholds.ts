import { stringAttr } from "../onnx/attributes";
import { shapeOf } from "../onnx/edit";
import type { OnnxGraph, OnnxNode, Tensor } from "../onnx/model";
import { channelAxis, perChannel } from "./channels";

/**
 * Changes every threshold of a MultiThreshold by the number that `constant` holds for its
 * channel: `change(threshold, number)`, rounded to float32. Thresholds shared by all channels
 * are written out for each where that is needed. Undefined if `constant` varies along another
 * axis than the channels'.
 */
export function changeThresholds(
  graph: OnnxGraph,
  node: OnnxNode,
  constant: Tensor,
  change: (threshold: number, value: number) => number,
): Tensor | undefined {
  const thresholds = graph.initializers.get(node.inputs[1] ?? "");
  const shape = shapeOf(graph, node.inputs[0] ?? "");
  if (!thresholds || !shape) return undefined;
  const layout = stringAttr(node, "data_layout", "NCHW");
  const values = perChannel(constant, shape, channelAxis(layout, shape.length));
  if (!values) return undefined;

  const [rows = 1, steps = 0] = thresholds.shape;
  const channels = constant.data.length === 1 ? rows : values.length;
  const changed = new Float32Array(channels * steps);
  for (let channel = 0; channel < channels; channel++) {
    const row = rows === 1 ? 0 : channel;
    for (let step = 0; step < steps; step++) {
      changed[channel * steps + step] = change(thresholds.data[row * steps + step]!, values[channel]!);
    }
  }
  return { shape: [channels, steps], elemType: "float32", data: changed };
}
