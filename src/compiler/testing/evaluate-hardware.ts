import { intAttr, ints, intsAttr } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { makeNode } from "../../onnx/edit";
import type { Attribute, OnnxNode, Tensor } from "../../onnx/model";
import { reshape, transpose } from "../../onnx/tensor";
import { need } from "../evaluate/evaluator";
import { evaluateNode } from "../evaluate/node";
import { isHardwareNode } from "../hardware-node";
import { refuse } from "../pass";

/**
 * Computes a node's outputs, hardware nodes too: each is written as the ONNX operators it stands
 * for, so that passes that make hardware can be judged like any other.
 */
export function evaluateAnyNode(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor[] {
  if (!isHardwareNode(node)) return evaluateNode(node, inputs);
  const x = need(node, inputs, 0);
  switch (node.opType.replace(/_(hls|rtl)$/, "")) {
    case "FMPadding":
      return [
        run("Im2Col", [x], { kernel_size: ints([1, 1]), pad_amount: ints(intsAttr(node, "Padding", [])) }),
      ];
    case "ConvolutionInputGenerator":
      return [
        run("Im2Col", [x], {
          kernel_size: ints(intsAttr(node, "ConvKernelDim", [])),
          stride: ints(intsAttr(node, "Stride", [])),
          dilations: ints(intsAttr(node, "Dilation", [])),
        }),
      ];
    case "MVAU": {
      const vectors = intsAttr(node, "numInputVectors", []);
      const sums = run("MatMul", [reshape(x, [...vectors, intAttr(node, "MW", 0)]), need(node, inputs, 1)]);
      return [activated(node, sums, inputs[2])];
    }
    case "VVAU":
      return [activated(node, depthwiseSums(x, need(node, inputs, 1)), inputs[2])];
    case "Thresholding":
      return [activated(node, x, need(node, inputs, 1))];
    case "Pool":
      return [pooled(node, x)];
    case "ChannelwiseOp":
      return [run("Add", [x, need(node, inputs, 1)])];
    case "LabelSelect": {
      const k: Tensor = { shape: [1], elemType: "int64", data: Float64Array.of(intAttr(node, "K", 0)) };
      return evaluateNode(makeNode("TopK", [], []), [x, k]).slice(1);
    }
    default:
      return refuse(node, "the tests have no meaning for it");
  }
}

function run(
  opType: string,
  inputs: readonly Tensor[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Tensor {
  const domain = ["Im2Col", "MultiThreshold"].includes(opType) ? QONNX_DOMAIN : "";
  const [output] = evaluateNode(makeNode(opType, [], [], attributes, { domain }), inputs);
  if (!output) throw new RangeError(`${opType} put nothing out`);
  return output;
}

/** ActVal plus the number of thresholds reached; the sums themselves without thresholds. */
function activated(node: OnnxNode, sums: Tensor, thresholds: Tensor | undefined): Tensor {
  if (!thresholds) return sums;
  const data = new Float32Array(sums.data.length).fill(intAttr(node, "ActVal", 0));
  const [channels = 1, steps = 0] = thresholds.shape;
  for (let i = 0; i < data.length; i++) {
    const row = thresholds.data.subarray((i % channels) * steps, ((i % channels) + 1) * steps);
    for (const threshold of row) if (sums.data[i]! >= threshold) data[i]!++;
  }
  return { ...sums, data };
}

/** Windows `[..., kh * kw * C]` times weights `[C, 1, kh, kw]`, channel by channel. */
function depthwiseSums(windows: Tensor, weights: Tensor): Tensor {
  const [channels = 1] = weights.shape;
  const window = weights.data.length / channels;
  const pixels = windows.data.length / (window * channels);
  const data = new Float32Array(pixels * channels);
  for (let i = 0; i < data.length; i++) {
    const first = Math.floor(i / channels) * window * channels + (i % channels);
    for (let k = 0; k < window; k++) {
      data[i]! += windows.data[first + k * channels]! * weights.data[(i % channels) * window + k]!;
    }
  }
  return { shape: [...windows.shape.slice(0, -1), channels], elemType: "float32", data };
}

/** Sums of windows `[n, oh, ow, kh * kw * C]`, shifted right. */
function pooled(node: OnnxNode, windows: Tensor): Tensor {
  const channels = intAttr(node, "Channels", 1);
  const [n = 1, oh = 1, ow = 1, all = 1] = windows.shape;
  const byChannel = transpose(reshape(windows, [n * oh * ow, all / channels, channels]), [0, 2, 1]);
  const data = new Float32Array(n * oh * ow * channels);
  byChannel.data.forEach((value, i) => {
    data[Math.floor(i / (all / channels))]! += value;
  });
  const divisor = 2 ** intAttr(node, "Size", 0);
  return {
    shape: [n, oh, ow, channels],
    elemType: "float32",
    data: data.map((sum) => Math.floor(sum / divisor)),
  };
}
