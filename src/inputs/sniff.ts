import { imageDimensionsFromData } from "image-dimensions";
import { StreamscopeError } from "../graph/errors";
import { surveyContainer } from "./container";
import { describeForeignFile } from "./foreign-file";
import { formatNames, formatOf, type PictureFormat } from "./magic";

const maxFileBytes = 64 * 2 ** 20;
const maxPixels = 100e6;

/** What is known of a picture file before it is decoded. */
export interface PictureInfo {
  readonly format: PictureFormat;
  /** Pixels as stored: an orientation in the file may exchange width and height. */
  readonly width: number;
  readonly height: number;
  /** Are there frames after the first? */
  readonly animated: boolean;
}

/** Throws StreamscopeError `bad-image` for a file that is empty or too long to be read into memory. */
export function checkFileSize(byteLength: number): void {
  if (byteLength === 0) throw new StreamscopeError("bad-image", "The file is empty.");
  if (byteLength > maxFileBytes)
    throw new StreamscopeError(
      "bad-image",
      `The file has ${Math.ceil(byteLength / 2 ** 20)} MB; at most ${maxFileBytes / 2 ** 20} MB are read.`,
    );
}

/**
 * Tells what picture a file holds, by its bytes alone. A decoder is only let near files that
 * pass: a few hundred bytes can announce gigabytes of pixels.
 *
 * Throws StreamscopeError `bad-image`: no picture or a foreign format, a damaged header, a
 * file that ends too early, more than `maxPixels`.
 */
export function sniffPicture(bytes: Uint8Array): PictureInfo {
  checkFileSize(bytes.length);
  const format = formatOf(bytes);
  if (!format) throw new StreamscopeError("bad-image", describeForeignFile(bytes));
  const { width, height } = imageDimensionsFromData(bytes) ?? { width: 0, height: 0 };
  if (width === 0 || height === 0)
    throw new StreamscopeError(
      "bad-image",
      `The file begins like a ${formatNames[format]} picture, but its header is damaged or cut short.`,
    );
  if (width * height > maxPixels)
    throw new StreamscopeError(
      "bad-image",
      `The picture is ${width} x ${height} pixels; at most ${maxPixels / 1e6} megapixels are read.`,
    );
  const { complete, animated } = surveyContainer(bytes, format);
  if (!complete)
    throw new StreamscopeError(
      "bad-image",
      `The ${formatNames[format]} file is cut short: a part of the picture is missing.`,
    );
  return { format, width, height, animated };
}
