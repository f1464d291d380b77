import type { Activation, DataflowGraph, Pool } from "../../graph/dataflow";
import { float32Tensor, multiply } from "../../onnx/tensor";
import { writeOnnx } from "../../onnx/write";
import { checkGraph } from "../input";
import { convolutionOf } from "./convolution";
import { type Layer, layersOf } from "./layers";
import { OnnxBuilder } from "./onnx-builder";
import { channelsFirst, flattened, padded, slidingAttributes, writeInput } from "./operators";
import { thresholdRows } from "./write-activation";

/**
 * The network that one would otherwise run: the same shapes and multiplications in plain
 * float32, as networks are exported, with batch norms folded into the convolutions. Each
 * staircase becomes a sloping line and a clip. The logits come near those of the integer
 * network; the twin is for timing other runtimes, not for answers.
 *
 * Returns an ONNX file. Its input is float32 `[1, H, W, C]` (pixels as 0..255), its one output the
 * logits, float32 `[1, C, 1, 1]`. Throws `unsupported-model` as `writeStandardOnnx` does for windows.
 */
export function writeFloatTwin(graph: DataflowGraph): Uint8Array {
  checkGraph(graph);
  const builder = new OnnxBuilder(`${graph.name}-float32`);
  const layers = layersOf(graph);
  let tensor = writeInput(builder, graph, "float32");
  for (const layer of layers.slice(0, -1)) {
    tensor = writeLayer(builder, layer, flattened(builder, tensor, layer));
  }
  const logits = layers.at(-2)?.node;
  if (logits) builder.output(tensor, "float32", channelsFirst(logits.output));
  return writeOnnx(builder.model());
}

/** Writes one layer that reads `input`; returns the name of what it puts out. */
function writeLayer(builder: OnnxBuilder, layer: Layer, input: string): string {
  const { node } = layer;
  switch (node.kind) {
    case "MVAU":
    case "VVAU": {
      const { weights, attributes } = convolutionOf({ ...layer, node });
      if (!node.activation) return builder.op("Conv", [input, builder.constant(weights)], attributes);
      const lines = linesThrough(node.activation);
      const scales = float32Tensor(
        [lines.length, 1, 1, 1],
        lines.map(({ scale }) => scale),
      );
      const scaled = builder.constant(multiply(weights, scales));
      const bias = builder.floats(
        [lines.length],
        lines.map(({ offset }) => offset),
      );
      return clipped(builder, node.activation, builder.op("Conv", [input, scaled, bias], attributes));
    }
    case "Thresholding": {
      const lines = linesThrough(node.activation);
      const scale = perChannel(
        builder,
        lines.map(({ scale }) => scale),
      );
      const offset = perChannel(
        builder,
        lines.map(({ offset }) => offset),
      );
      const scaled = builder.op("Mul", [padded(builder, input, layer), scale]);
      return clipped(builder, node.activation, builder.op("Add", [scaled, offset]));
    }
    case "Pool":
      return writePool(builder, { ...layer, node }, input);
    case "ChannelwiseOp": {
      const added = perChannel(builder, Array.from(node.parameters.data));
      return builder.op("Add", [padded(builder, input, layer), added]);
    }
    case "LabelSelect":
      throw new TypeError("LabelSelect comes last and is not written");
  }
}

/** The mean, times what the hardware's shift makes of it (49/64 for a 7x7 window and 6 bits). */
function writePool(builder: OnnxBuilder, layer: Layer<Pool>, input: string): string {
  const { pads, kernel_shape, strides } = slidingAttributes(layer);
  const mean = builder.op("AveragePool", [input], { pads, kernel_shape, strides });
  const [height, width] = layer.node.kernel;
  return builder.op("Mul", [mean, builder.floats([], [(height * width) / 2 ** layer.node.shift])]);
}

const perChannel = (builder: OnnxBuilder, values: readonly number[]) =>
  builder.floats([1, values.length, 1, 1], values);

function clipped(builder: OnnxBuilder, { actVal, thresholds }: Activation, tensor: string): string {
  const steps = thresholds.shape[1] ?? 0;
  return builder.op("Clip", [tensor, builder.floats([], [actVal]), builder.floats([], [actVal + steps])]);
}

/** Per channel the line through its first and last step, half a step up at each. */
function linesThrough(activation: Activation): { scale: number; offset: number }[] {
  return thresholdRows(activation).map((row) => {
    const [first = 0] = row;
    const run = (row.at(-1) ?? first) - first;
    const scale = run > 0 ? (row.length - 1) / run : 1;
    return { scale, offset: activation.actVal + 0.5 - scale * (first - 0.5) };
  });
}
