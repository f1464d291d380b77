import { bitLength } from "../../graph/datatype";
import { intAttr, intsAttr, stringAttr } from "../../onnx/attributes";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { transpose } from "../../onnx/tensor";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";
import { outputSize, type Window, windowOf } from "./window";

/** Pools over NCHW maps; FINN's pool also over NHWC. */
export const pools: Readonly<Record<string, Evaluator>> = {
  AveragePool: (node, inputs) => {
    const x = need(node, inputs, 0);
    const window = windowOf(node, intsAttr(node, "kernel_shape", []));
    const count = window.kernel[0] * window.kernel[1];
    if (window.pads.some(Boolean)) refuse(node, "padding is not supported");
    return [slide(node, x, window, (sum) => sum / count)];
  },
  GlobalAveragePool: (node, inputs) => {
    const x = need(node, inputs, 0);
    const [height, width] = [x.shape[2] ?? 1, x.shape[3] ?? 1];
    const window = windowOf(node, [height, width]);
    return [slide(node, x, window, (sum) => sum / (height * width))];
  },
  QuantAvgPool2d: (node, inputs) => [quantAvgPool(node, need(node, inputs, 0))],
};

/** How far FINN's pool shifts its sums: sums take so many bits, the output has fewer. */
export function quantAvgPoolShift(inputBits: number, outputBits: number, kernel: number): number {
  return Math.max(0, bitLength((2 ** inputBits - 1) * kernel * kernel) - outputBits);
}

function quantAvgPool(node: OnnxNode, x: Tensor): Tensor {
  const kernel = intAttr(node, "kernel", 1);
  const stride = intAttr(node, "stride", 1);
  const divisor = 2 ** quantAvgPoolShift(intAttr(node, "ibits", 8), intAttr(node, "obits", 8), kernel);
  const window: Window = {
    kernel: [kernel, kernel],
    stride: [stride, stride],
    dilation: [1, 1],
    pads: [0, 0, 0, 0],
  };
  // The input is integer up to the rounding of the scales that were taken off it.
  const shift = (sum: number) => Math.floor(Math.round(sum) / divisor);
  if (stringAttr(node, "data_layout", "NCHW") === "NCHW") return slide(node, x, window, shift);
  return transpose(slide(node, transpose(x, [0, 3, 1, 2]), window, shift), [0, 2, 3, 1]);
}

/** Sums every window of every channel and puts out f(sum). No padding. */
function slide(node: OnnxNode, x: Tensor, window: Window, f: (sum: number) => number): Tensor {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  if (x.shape.length !== 4) refuse(node, `input [${x.shape}] is no map`);
  const [oh, ow] = outputSize(node, window, height, width);
  const out = new Float32Array(batch * channels * oh * ow);
  let at = 0;
  for (let map = 0; map < batch * channels; map++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ox = 0; ox < ow; ox++) {
        let sum = 0;
        for (let ky = 0; ky < window.kernel[0]; ky++) {
          for (let kx = 0; kx < window.kernel[1]; kx++) {
            const y = oy * window.stride[0] + ky;
            sum += x.data[(map * height + y) * width + ox * window.stride[1] + kx]!;
          }
        }
        out[at++] = f(sum);
      }
    }
  }
  return { shape: [batch, channels, oh, ow], elemType: "float32", data: out };
}
