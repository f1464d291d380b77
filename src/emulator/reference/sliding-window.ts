import { type ConvolutionInputGenerator, type IntegerArray, mapShape, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/**
 * Sliding window (FINN: ConvolutionInputGenerator, ONNX: Im2Col): every output pixel is the
 * whole window it is computed from, `kh * kw` pixels of the input, C values each, C fastest.
 * Nothing is computed; with overlapping windows the output is larger than the input.
 */
export function slidingWindow(node: ConvolutionInputGenerator, input: IntegerArray): IntegerArray {
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  const { width, channels } = mapShape(node.input);
  const steps = mapShape(node.output);
  const [kernelHeight, kernelWidth] = node.kernel;
  let at = 0;
  for (let y = 0; y < steps.height; y++) {
    for (let x = 0; x < steps.width; x++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          const row = y * node.stride[0] + ky * node.dilation[0];
          const column = x * node.stride[1] + kx * node.dilation[1];
          const pixel = (row * width + column) * channels;
          for (let channel = 0; channel < channels; channel++) output[at++] = input[pixel + channel]!;
        }
      }
    }
  }
  return output;
}
