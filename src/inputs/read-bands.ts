import { StreamscopeError } from "../graph/errors";
import type { Rectangle } from "./geometry";

/** A decoded picture that a canvas can draw. Sizes are of the upright picture. */
export type DecodedPicture = ImageBitmap | VideoFrame | OffscreenCanvas;

/** Small enough for the canvas limits of every browser (phones: 16 megapixels), and for the cache. */
const bandPixels = 2 ** 22;

/**
 * The pixels of a part of a picture, in bands of whole rows from top to bottom: RGBA, uint8,
 * straight from the decoder (nothing is scaled), transparent parts over white.
 *
 * Only a band is ever drawn, so a picture may be larger than a canvas can be.
 */
export function* readBands(
  picture: DecodedPicture,
  { left, top, width, height }: Rectangle,
): Generator<Uint8ClampedArray> {
  const rowsPerBand = Math.min(height, Math.max(1, Math.floor(bandPixels / width)));
  const context = createContext(width, rowsPerBand);
  context.fillStyle = "white";
  for (let y = 0; y < height; y += rowsPerBand) {
    const rows = Math.min(rowsPerBand, height - y);
    context.fillRect(0, 0, width, rows);
    context.drawImage(picture, left, top + y, width, rows, 0, 0, width, rows);
    yield context.getImageData(0, 0, width, rows).data;
  }
}

/**
 * Does this browser alter the pixels that a page reads back? Some do so against
 * fingerprinting: Brave and Tor Browser always, Firefox and others by setting.
 */
export function readbackIsAltered(): boolean {
  const side = 32;
  const context = createContext(side, side);
  const written = context.createImageData(side, side);
  // A pattern, as flat areas may be left alone; opaque, as alpha would cost precision.
  for (let i = 0; i < written.data.length; i++) written.data[i] = i % 4 === 3 ? 255 : (i * 73) & 255;
  context.putImageData(written, 0, 0);
  const read = context.getImageData(0, 0, side, side).data;
  return written.data.some((value, i) => value !== read[i]);
}

function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // `willReadFrequently` keeps the canvas in main memory: no GPU size limit, no slow readback.
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context)
    throw new StreamscopeError("engine-failed", "The browser gave no canvas to read pixels with.");
  context.imageSmoothingEnabled = false;
  return context;
}
