import { StreamscopeError } from "../graph/errors";
import type { ResizePlan } from "./resize-plan";
import { type AxisFilter, weightBits } from "./triangle-filter";

const half = 1 << (weightBits - 1);

/**
 * Pillow's 8-bit bilinear resize, byte for byte, of only the crop that a plan asks for.
 *
 * First each row is resized, and rounded to 8 bits; then the columns of what that gave,
 * rounded again. The order and the rounding in between are what makes it Pillow's. Rows
 * come in as they are read, so that a large photo is never held twice.
 */
export class CropResizer {
  readonly #plan: ResizePlan;
  /** The window's rows after the horizontal pass: window height x crop width x 3. */
  readonly #rows: Uint8Array;
  #rowsDone = 0;

  constructor(plan: ResizePlan) {
    this.#plan = plan;
    this.#rows = new Uint8Array(plan.window.height * plan.crop.width * 3);
  }

  /** Takes the next rows of `plan.window`: RGBA, uint8, row by row. Alpha is not looked at. */
  addRows(rgba: Uint8Array | Uint8ClampedArray): void {
    const { window, crop, horizontal } = this.#plan;
    const count = rgba.length / (window.width * 4);
    if (!Number.isInteger(count) || this.#rowsDone + count > window.height)
      throw new StreamscopeError(
        "bad-input",
        `${rgba.length} bytes are no rows of a window of ${window.width} x ${window.height} RGBA pixels, ${this.#rowsDone} rows of which are done.`,
      );
    const rowBytes = crop.width * 3;
    for (let y = 0; y < count; y++) {
      resizeRow(rgba, y * window.width * 4, horizontal, this.#rows, (this.#rowsDone + y) * rowBytes);
    }
    this.#rowsDone += count;
  }

  /** The crop: height x width x 3 (HWC), RGB, uint8. Call it when all rows are in. */
  finish(): Uint8Array<ArrayBuffer> {
    const { window, crop, vertical } = this.#plan;
    if (this.#rowsDone !== window.height)
      throw new StreamscopeError("bad-input", `${this.#rowsDone} of ${window.height} rows were given.`);
    return resizeColumns(this.#rows, crop.width * 3, vertical);
  }
}

/** The crop of a picture whose window (`plan.window`, RGBA, uint8) is in memory: HWC, RGB, uint8. */
export function resizeCrop(rgba: Uint8Array | Uint8ClampedArray, plan: ResizePlan): Uint8Array<ArrayBuffer> {
  const resizer = new CropResizer(plan);
  resizer.addRows(rgba);
  return resizer.finish();
}

// No clamping below: triangle weights are not negative, and add up to 1 so nearly that
// 255 times their sum still rounds to 255.

function resizeRow(
  rgba: Uint8Array | Uint8ClampedArray,
  rowStart: number,
  { starts, taps, weights, stride }: AxisFilter,
  target: Uint8Array,
  targetStart: number,
): void {
  let out = targetStart;
  for (let x = 0; x < starts.length; x++) {
    let red = half;
    let green = half;
    let blue = half;
    let pixel = rowStart + starts[x]! * 4;
    const first = x * stride;
    const end = first + taps[x]!;
    for (let k = first; k < end; k++) {
      const weight = weights[k]!;
      red += Math.imul(rgba[pixel]!, weight);
      green += Math.imul(rgba[pixel + 1]!, weight);
      blue += Math.imul(rgba[pixel + 2]!, weight);
      pixel += 4;
    }
    target[out] = red >> weightBits;
    target[out + 1] = green >> weightBits;
    target[out + 2] = blue >> weightBits;
    out += 3;
  }
}

function resizeColumns(
  rows: Uint8Array,
  rowBytes: number,
  { starts, taps, weights, stride }: AxisFilter,
): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(starts.length * rowBytes);
  const sums = new Int32Array(rowBytes);
  for (let y = 0; y < starts.length; y++) {
    sums.fill(half);
    for (let t = 0; t < taps[y]!; t++) {
      const weight = weights[y * stride + t]!;
      const row = (starts[y]! + t) * rowBytes;
      for (let i = 0; i < rowBytes; i++) sums[i] = sums[i]! + Math.imul(rows[row + i]!, weight);
    }
    for (let i = 0; i < rowBytes; i++) target[y * rowBytes + i] = sums[i]! >> weightBits;
  }
  return target;
}
