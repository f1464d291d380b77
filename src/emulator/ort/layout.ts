import { type IntegerArray, mapShape, type Stream, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/** A stream's integers (NHWC) from the floats of its tensor (NCHW). */
export function toChannelsLast(values: Float32Array, stream: Stream): IntegerArray {
  const { height, width, channels } = mapShape(stream);
  const pixels = height * width;
  const integers = integerArray(stream.datatype, sizeOf(stream.shape));
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      integers[pixel * channels + channel] = values[channel * pixels + pixel]!;
    }
  }
  return integers;
}
