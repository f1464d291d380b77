import type { MVAU, VVAU } from "../../graph/dataflow";
import { int } from "../../onnx/attributes";
import type { Attribute, Tensor } from "../../onnx/model";
import { float32Tensor, transpose } from "../../onnx/tensor";
import type { Layer } from "./layers";
import { slidingAttributes } from "./operators";

export interface Convolution {
  readonly weights: Tensor;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/**
 * A layer's weights and attributes as those of Conv. An MVAU's `[mh, (kh, kw, C)]` become `[mh, C, kh, kw]`, with
 * the kernel of the window it reads; a VVAU's `[C, (kh, kw)]` become `[C, 1, kh, kw]`, one group a channel.
 */
export function convolutionOf(layer: Layer<MVAU | VVAU>): Convolution {
  const { node, window } = layer;
  const [height, width] = window?.kernel ?? [1, 1];
  if (node.kind === "VVAU") {
    const weights = float32Tensor([node.channels, 1, height, width], node.weights.data);
    return { weights, attributes: { ...slidingAttributes(layer), group: int(node.channels) } };
  }
  const rows = float32Tensor([node.mh, height, width, node.mw / (height * width)], node.weights.data);
  return { weights: transpose(rows, [0, 3, 1, 2]), attributes: slidingAttributes(layer) };
}
