import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { decodeFile } from "./decode";
import type { Rectangle, Size } from "./geometry";
import type { PictureFormat } from "./magic";
import { CropResizer, resizeCrop } from "./pillow-resize";
import { type DecodedPicture, readBands, readbackIsAltered } from "./read-bands";
import { type CropGeometry, planResize, type ResizePlan } from "./resize-plan";

/** A frame as the network takes it. */
export interface Frame {
  /** Height x width x 3 (HWC), RGB, uint8. The emulator and the card get this very array. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of the upright source picture, in pixels. */
  readonly source: Size;
  /** The part of the source picture that the network sees, in source pixels, with fractions. */
  readonly crop: Rectangle;
  /** Sentences for the user about what was done to the picture. */
  readonly notes: readonly string[];
}

export interface FileFrame extends Frame {
  readonly format: PictureFormat;
}

export interface PreprocessOptions {
  readonly signal?: AbortSignal;
  /** Of the model; by default ImageNet's: 256, then 224 of it. */
  readonly geometry?: CropGeometry;
}

/**
 * From a picture file to the network's input: decode, resize the short side, crop the middle;
 * for lossless opaque files equal to Pillow byte for byte. Works in a worker.
 *
 * Throws StreamscopeError: `bad-image` for a file that holds no picture we can read, `aborted`.
 */
export async function preprocess(file: Blob, options: PreprocessOptions = {}): Promise<FileFrame> {
  const { bitmap, format, notes } = await decodeFile(file, options);
  try {
    const frame = await preprocessPicture(bitmap, options);
    return { ...frame, format, notes: [...notes, ...frame.notes] };
  } finally {
    bitmap.close();
  }
}

const alteredNote =
  "A privacy setting of this browser alters the pixels that a page reads, so the answer may differ from other browsers'.";

/**
 * The same for a picture that is decoded already (a bitmap, a camera's VideoFrame), which stays open.
 *
 * Throws StreamscopeError `bad-input` for a closed or empty picture, `aborted`.
 */
export async function preprocessPicture(
  picture: DecodedPicture,
  options: PreprocessOptions = {},
): Promise<Frame> {
  const plan = planResize(sizeOf(picture), options.geometry);
  const resizer = new CropResizer(plan);
  let first = true;
  for (const rows of readBands(picture, plan.window)) {
    if (!first) await nextTask(); // a band can last some 50 ms; let an abort come through
    first = false;
    throwIfAborted(options.signal);
    resizer.addRows(rows);
  }
  return frameOf(plan, resizer.finish(), readbackIsAltered() ? [alteredNote] : []);
}

/**
 * The same for raw pixels: RGBA, uint8, row by row; alpha is not looked at.
 *
 * Throws StreamscopeError `bad-input` if `rgba` has not width x height x 4 bytes.
 */
export function preprocessPixels(
  rgba: Uint8Array | Uint8ClampedArray,
  size: Size,
  geometry?: CropGeometry,
): Frame {
  const plan = planResize(size, geometry);
  if (rgba.length !== size.width * size.height * 4)
    throw new StreamscopeError(
      "bad-input",
      `${rgba.length} bytes are not ${size.width} x ${size.height} RGBA pixels.`,
    );
  return frameOf(plan, resizeCrop(cutWindow(rgba, size.width, plan.window), plan));
}

function frameOf(plan: ResizePlan, bytes: Uint8Array<ArrayBuffer>, notes: readonly string[] = []): Frame {
  return { bytes, source: plan.source, crop: plan.cropInSource, notes };
}

/** Of the upright picture, in pixels. */
export function sizeOf(picture: DecodedPicture): Size {
  return "displayWidth" in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : { width: picture.width, height: picture.height };
}

function cutWindow(rgba: Uint8Array | Uint8ClampedArray, width: number, window: Rectangle): Uint8Array {
  const rowBytes = window.width * 4;
  const cut = new Uint8Array(window.height * rowBytes);
  for (let y = 0; y < window.height; y++) {
    const start = ((window.top + y) * width + window.left) * 4;
    cut.set(rgba.subarray(start, start + rowBytes), y * rowBytes);
  }
  return cut;
}

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));
