import { type IntegerArray, type Pool, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/**
 * Average pool as the hardware has it: the sum over each channel's window, shifted right. The
 * shift divides by a power of two and rounds down (49 values are divided by 64).
 */
export function pool(node: Pool, input: IntegerArray): IntegerArray {
  const { channels, kernel, shift } = node;
  const taps = kernel[0] * kernel[1];
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  for (let pixel = 0; pixel < output.length / channels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += input[(pixel * taps + tap) * channels + channel]!;
      output[pixel * channels + channel] = sum >> shift;
    }
  }
  return output;
}
