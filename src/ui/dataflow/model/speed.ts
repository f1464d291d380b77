import { formatCount, formatInteger } from "../../kit/format";
import { fastest, slowest } from "../../state/streaming-slice";

/** Steps of the speed slider, a tenth of a power of ten each. */
export const speedSteps = Math.round(10 * Math.log10(fastest / slowest));

export const speedOfStep = (step: number): number => slowest * 10 ** (step / 10);

export const stepOfSpeed = (speed: number): number => Math.round(10 * Math.log10(speed / slowest));

/** Cycles a second, and how that compares: frames a second from one in ten seconds on, else how slow it is. */
export function describeSpeed(speed: number, cyclesPerFrame: number, clockNs: number): string {
  const cycles = `${speed < 10 ? speed.toFixed(1).replace(/\.0$/, "") : formatCount(Math.round(speed))} cycles/s`;
  const frames = speed / cyclesPerFrame;
  if (frames >= 0.1) return `${cycles}, ${frames.toFixed(frames < 10 ? 1 : 0)} frames/s`;
  return `${cycles}, ${formatInteger(Number((1e9 / clockNs / speed).toPrecision(2)))} times slower than the board`;
}
