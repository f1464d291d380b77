import { floatAttr, intAttr, stringAttr } from "../../onnx/attributes";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { add, float32Tensor, multiply, scalarTensor, sizeOfShape, transpose } from "../../onnx/tensor";
import { refuse } from "../pass";
import { type Evaluator, need } from "./evaluator";
import { im2ColWindow, outputSize, type Window, windowOf } from "./window";

/**
 * Operators that sum products. ONNX leaves the order of a sum open; these sum in float64
 * and round once, which is exact for integers below 2^24.
 */
export const linear: Readonly<Record<string, Evaluator>> = {
  MatMul: (node, inputs) => [matMul(node, need(node, inputs, 0), need(node, inputs, 1))],
  Gemm: (node, inputs) => [gemm(node, inputs)],
  Conv: (node, inputs) => [conv(node, inputs)],
  Im2Col: (node, inputs) => [im2Col(node, need(node, inputs, 0))],
};

/** [..., m, k] times [k, n]. */
function matMul(node: OnnxNode, a: Tensor, b: Tensor): Tensor {
  const [k, n] = b.shape;
  if (b.shape.length !== 2 || a.shape.at(-1) !== k || k === undefined || n === undefined) {
    refuse(node, `[${a.shape}] times [${b.shape}] is not supported`);
  }
  const rows = a.data.length / k;
  const out = new Float32Array(rows * n);
  const sums = new Float64Array(n);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let i = 0; i < k; i++) {
      const value = a.data[row * k + i]!;
      if (value !== 0) for (let j = 0; j < n; j++) sums[j]! += value * b.data[i * n + j]!;
    }
    out.set(sums, row * n);
  }
  return { shape: [...a.shape.slice(0, -1), n], elemType: "float32", data: out };
}

function gemm(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const a = need(node, inputs, 0);
  const b = need(node, inputs, 1);
  const product = matMul(
    node,
    intAttr(node, "transA", 0) ? transpose(a, [1, 0]) : a,
    intAttr(node, "transB", 0) ? transpose(b, [1, 0]) : b,
  );
  const scaled = multiply(product, scalarTensor(floatAttr(node, "alpha", 1)));
  const c = inputs[2];
  return c ? add(scaled, multiply(c, scalarTensor(floatAttr(node, "beta", 1)))) : scaled;
}

/** NCHW with weights [out, in / group, kh, kw]. */
function conv(node: OnnxNode, inputs: readonly (Tensor | undefined)[]): Tensor {
  const x = need(node, inputs, 0);
  const w = need(node, inputs, 1);
  const bias = inputs[2]?.data;
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const [outChannels, groupChannels, kh, kw] = w.shape as [number, number, number, number];
  const groups = intAttr(node, "group", 1);
  if (
    x.shape.length !== 4 ||
    w.shape.length !== 4 ||
    groupChannels * groups !== channels ||
    outChannels % groups
  ) {
    refuse(node, `input [${x.shape}], weights [${w.shape}] and ${groups} groups do not fit`);
  }
  const window = windowOf(node, [kh, kw]);
  const [oh, ow] = outputSize(node, window, height, width);
  const out = new Float32Array(batch * outChannels * oh * ow);
  const sums = new Float64Array(oh * ow);
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outChannels; o++) {
      sums.fill(0);
      const firstInput = Math.floor(o / (outChannels / groups)) * groupChannels;
      for (let i = 0; i < groupChannels; i++) {
        const map = x.data.subarray((n * channels + firstInput + i) * height * width);
        const taps = w.data.subarray((o * groupChannels + i) * kh * kw);
        addCorrelation(sums, map, taps, window, height, width, oh, ow);
      }
      const base = bias?.[o] ?? 0;
      out.set(base === 0 ? sums : sums.map((sum) => sum + base), (n * outChannels + o) * oh * ow);
    }
  }
  return float32Tensor([batch, outChannels, oh, ow], out);
}

/** Adds one map's contribution to one output map. */
function addCorrelation(
  sums: Float64Array,
  map: Tensor["data"],
  taps: Tensor["data"],
  window: Window,
  height: number,
  width: number,
  oh: number,
  ow: number,
): void {
  const { kernel, stride, dilation, pads } = window;
  for (let ky = 0; ky < kernel[0]; ky++) {
    for (let kx = 0; kx < kernel[1]; kx++) {
      const tap = taps[ky * kernel[1] + kx]!;
      if (tap === 0) continue;
      for (let oy = 0; oy < oh; oy++) {
        const y = oy * stride[0] + ky * dilation[0] - pads[0];
        if (y < 0 || y >= height) continue;
        for (let ox = 0; ox < ow; ox++) {
          const x = ox * stride[1] + kx * dilation[1] - pads[1];
          if (x >= 0 && x < width) sums[oy * ow + ox]! += tap * map[y * width + x]!;
        }
      }
    }
  }
}

/** qonnx: NHWC in, [n, oh, ow, kh * kw * c] out, channels fastest. Padding is zero. */
function im2Col(node: OnnxNode, x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const window = im2ColWindow(node);
  const [top, left] = window.pads;
  if (intAttr(node, "pad_value", 0) !== 0) refuse(node, "pads with another value than 0");
  const stated = stringAttr(node, "input_shape");
  if (stated && stated.match(/\d+/g)?.join() !== x.shape.join())
    refuse(node, `input is [${x.shape}], not ${stated}`);
  const [oh, ow] = outputSize(node, window, height, width);
  const [kh, kw] = window.kernel;
  const out = new Float32Array(sizeOfShape([batch, oh, ow, kh, kw, channels]));
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < oh; oy++) {
      for (let ox = 0; ox < ow; ox++) {
        for (let ky = 0; ky < kh; ky++) {
          for (let kx = 0; kx < kw; kx++, at += channels) {
            const y = oy * window.stride[0] + ky * window.dilation[0] - top;
            const xx = ox * window.stride[1] + kx * window.dilation[1] - left;
            if (y < 0 || y >= height || xx < 0 || xx >= width) continue;
            const from = ((n * height + y) * width + xx) * channels;
            out.set(x.data.subarray(from, from + channels), at);
          }
        }
      }
    }
  }
  return { shape: [batch, oh, ow, kh * kw * channels], elemType: "float32", data: out };
}
