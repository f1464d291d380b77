import { type IntegerArray, sizeOf, type VVAU } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";
import { stepsReached } from "./thresholding";

/**
 * Vector-vector-activation unit: a depthwise convolution. Each pixel's window holds
 * `kh * kw` values of every channel; a channel is weighted and summed by itself, then goes
 * through its thresholds, if the node has them.
 */
export function vvau(node: VVAU, input: IntegerArray): IntegerArray {
  const { channels, kernel, activation } = node;
  const taps = kernel[0] * kernel[1];
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  const values = Int32Array.from(input);
  const weights = Int32Array.from(node.weights.data);
  const thresholds = activation && Int32Array.from(activation.thresholds.data);

  for (let pixel = 0; pixel < output.length / channels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      let accumulator = 0;
      for (let tap = 0; tap < taps; tap++) {
        accumulator += weights[channel * taps + tap]! * values[(pixel * taps + tap) * channels + channel]!;
      }
      output[pixel * channels + channel] = thresholds
        ? activation.actVal + stepsReached(thresholds, activation, channel, accumulator)
        : accumulator;
    }
  }
  return output;
}
