import { type IntegerArray, mapShape, type Stream } from "../../graph/dataflow";
import type { DataType } from "../../graph/datatype";
import { integerArray } from "../../graph/integer-array";

/**
 * How a feature map lies in GPU memory, NHWC.
 *
 * - `packed`: four 8-bit channels a word, the first in the lowest byte; a pixel is padded to whole
 *   words. What the padding holds is undefined: weights on it are zero.
 * - `wide`: one 32-bit integer a channel, for values beyond 8 bits (accumulators, logits).
 */
export interface MapLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly datatype: DataType;
  readonly form: "packed" | "wide";
  /** 32-bit words a pixel. */
  readonly words: number;
}

/** The layout of a stream: packed if its data type fits a byte, signed or not. */
export function mapLayout(stream: Stream): MapLayout {
  const { min, max } = stream.datatype;
  const shape = mapShape(stream);
  const fitsByte = min >= 0 ? max <= 0xff : min >= -0x80 && max <= 0x7f;
  return {
    ...shape,
    datatype: stream.datatype,
    form: fitsByte ? "packed" : "wide",
    words: fitsByte ? Math.ceil(shape.channels / 4) : shape.channels,
  };
}

export const pixelsOf = ({ height, width }: MapLayout): number => height * width;
export const bytesOf = (layout: MapLayout): number => pixelsOf(layout) * layout.words * 4;
export const isSigned = ({ datatype }: MapLayout): boolean => datatype.min < 0;

/** Does the map lie in memory without gaps, so that its values can be counted through? */
export const isDense = ({ form, channels, height, width }: MapLayout): boolean =>
  form === "wide" || channels % 4 === 0 || height * width === 1;

/** A map's values, NHWC, as the words that the kernels read. */
export function packMap(layout: MapLayout, values: IntegerArray): Uint32Array<ArrayBuffer> {
  if (layout.form === "wide") return Uint32Array.from(values);
  const padded = new Uint8Array(bytesOf(layout));
  copyChannels(layout, asBytes(values), layout.channels, padded, layout.words * 4);
  return new Uint32Array(padded.buffer);
}

/** The reverse: words from the GPU as a map's values, NHWC, in the smallest array of its data type. */
export function unpackMap(layout: MapLayout, words: Uint32Array): IntegerArray {
  const values = integerArray(layout.datatype, pixelsOf(layout) * layout.channels);
  if (layout.form === "wide") values.set(words.subarray(0, values.length));
  else copyChannels(layout, asBytes(words), layout.words * 4, asBytes(values), layout.channels);
  return values;
}

/** Copies each pixel's channels between two arrays with their own number of bytes a pixel. */
function copyChannels(
  layout: MapLayout,
  from: Uint8Array,
  fromStride: number,
  to: Uint8Array,
  toStride: number,
): void {
  if (fromStride === toStride) {
    to.set(from.subarray(0, to.length));
    return;
  }
  for (let pixel = 0; pixel < pixelsOf(layout); pixel++) {
    for (let channel = 0; channel < layout.channels; channel++) {
      to[pixel * toStride + channel] = from[pixel * fromStride + channel]!;
    }
  }
}

const asBytes = ({ buffer, byteOffset, byteLength }: IntegerArray | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
