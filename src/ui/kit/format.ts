/** Figures as the page writes them. Units are part of the text. */

// Making a formatter takes far longer than using it, and pictures write hundreds of numbers.
const formats = [0, 1, 2].map(
  (digits) =>
    new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const decimals = (value: number, digits: 0 | 1 | 2) => formats[digits]!.format(value);

/** Three significant digits or so: "0.84 ms", "12.3 ms", "312 ms", "12.4 s". */
export function formatMs(ms: number): string {
  if (ms >= 9_999.5) return `${decimals(ms / 1000, 1)} s`;
  if (ms >= 99.95) return `${decimals(ms, 0)} ms`;
  return `${decimals(ms, ms >= 9.995 ? 1 : 2)} ms`;
}

/** Decimal units, as networks and disks count: "812 B", "39.5 kB", "2.1 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${decimals(bytes / 1000, 1)} kB` : `${decimals(bytes / 1e6, 1)} MB`;
}

/** "25.2 M", "3.5 k"; small numbers in full. */
export function formatCount(count: number): string {
  if (count >= 999_950) return `${decimals(count / 1e6, 1)} M`;
  return count >= 10_000 ? `${decimals(count / 1000, 1)} k` : decimals(count, 0);
}

/** With a true minus sign and thousands apart: "−1,204". */
export function formatInteger(value: number): string {
  return decimals(value, 0).replace("-", "−");
}

/** Frames a second: "3,006 fps", "97.3 fps". */
export function formatFps(fps: number): string {
  return `${decimals(fps, fps >= 99.95 ? 0 : 1)} fps`;
}

/** A clock of this period in nanoseconds: "333 MHz". */
export function formatMegahertz(periodNs: number): string {
  return `${(1000 / periodNs).toFixed(0)} MHz`;
}

/** A share of 1: "43.1 %". */
export function formatShare(share: number): string {
  return `${decimals(share * 100, 1)} %`;
}

/** Without the batch: `[1, 111, 111, 32]` is "111 × 111 × 32". */
export function formatShape(shape: readonly number[]): string {
  return shape.slice(shape.length > 1 ? 1 : 0).join(" × ");
}
