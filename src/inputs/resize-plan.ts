import { StreamscopeError } from "../graph/errors";
import type { Rectangle, Size } from "./geometry";
import { type AxisFilter, triangleFilter } from "./triangle-filter";

/** Resize the short side to `resizeTo` pixels, then take the `inputSize` x `inputSize` pixels in the middle. */
export interface CropGeometry {
  readonly inputSize: number;
  readonly resizeTo: number;
}

/** What ImageNet classifiers are trained and measured with. */
export const imagenetGeometry: CropGeometry = { inputSize: 224, resizeTo: 256 };

/** From a picture's size to the model's input: all that can be known before a pixel is read. */
export interface ResizePlan {
  readonly source: Size;
  /** The size after the resize. It is never built as a whole: only the crop is computed. */
  readonly resized: Size;
  /** The crop within the resized picture. */
  readonly crop: Rectangle;
  /** The same crop in source pixels, with fractions; for drawing it on the picture. */
  readonly cropInSource: Rectangle;
  /** The source pixels that the crop depends on, support of the filter included. */
  readonly window: Rectangle;
  readonly horizontal: AxisFilter;
  readonly vertical: AxisFilter;
}

/**
 * FINN: the preprocessing of its MobileNet-v1 test, torchvision's `Resize` and `CenterCrop`
 * on a Pillow image. The long side becomes `int(resizeTo * long / short)`, the crop starts
 * at `round((side - inputSize) / 2)`, halves to even.
 *
 * Throws StreamscopeError `bad-input` for sizes that are not positive integers, or a crop
 * larger than the resized picture.
 */
export function planResize(source: Size, geometry: CropGeometry = imagenetGeometry): ResizePlan {
  const { inputSize, resizeTo } = geometry;
  for (const length of [source.width, source.height, inputSize, resizeTo]) {
    if (!Number.isSafeInteger(length) || length < 1)
      throw new StreamscopeError("bad-input", `A picture cannot be ${length} pixels wide or high.`);
  }
  if (inputSize > resizeTo)
    throw new StreamscopeError(
      "bad-input",
      `A crop of ${inputSize} pixels does not fit into a picture resized to ${resizeTo}.`,
    );
  const long = Math.max(source.width, source.height);
  const short = Math.min(source.width, source.height);
  const longResized = Math.trunc((resizeTo * long) / short);
  const resized =
    source.width <= source.height
      ? { width: resizeTo, height: longResized }
      : { width: longResized, height: resizeTo };
  const left = roundHalfToEven((resized.width - inputSize) / 2);
  const top = roundHalfToEven((resized.height - inputSize) / 2);
  const horizontal = triangleFilter(source.width, resized.width, left, inputSize);
  const vertical = triangleFilter(source.height, resized.height, top, inputSize);
  const scaleX = source.width / resized.width;
  const scaleY = source.height / resized.height;
  return {
    source: { width: source.width, height: source.height },
    resized,
    crop: { left, top, width: inputSize, height: inputSize },
    cropInSource: {
      left: left * scaleX,
      top: top * scaleY,
      width: inputSize * scaleX,
      height: inputSize * scaleY,
    },
    window: {
      left: horizontal.first,
      top: vertical.first,
      width: horizontal.length,
      height: vertical.length,
    },
    horizontal,
    vertical,
  };
}

/** Python's `round` of a number >= 0. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
