/** Height and width of the synthetic images. */
const SIDE = 224;

/** Images by formula, 224 x 224 x 3 uint8 (HWC, RGB): x is the column, y the row, c the channel. */
const formulas = {
  zeros: () => 0,
  full: () => 255,
  ramp: (x: number, y: number, c: number) => (x + 2 * y + 85 * c) % 256,
  checker: (x: number, y: number, c: number) => 255 * (((x >> 4) + (y >> 4) + c) % 2),
  waves: (x: number, y: number, c: number) =>
    Math.floor(
      (triangle(3 * x + y * (c + 1), 97) +
        triangle(5 * y + x * (c + 2), 61) +
        triangle(((x * y) >> 6) + 37 * c, 131)) /
        3,
    ),
};

export type SyntheticImage = keyof typeof formulas | "lcg1" | "lcg2";

export const syntheticImages: readonly SyntheticImage[] = [
  "zeros",
  "full",
  "ramp",
  "checker",
  "waves",
  "lcg1",
  "lcg2",
];

/** The bytes of a synthetic image, equal everywhere: no decoder, no resize, no camera in between. */
export function syntheticImage(name: SyntheticImage): Uint8Array {
  if (name === "lcg1") return noise(1);
  if (name === "lcg2") return noise(2);
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  let i = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      for (let c = 0; c < 3; c++) bytes[i++] = formulas[name](x, y, c);
    }
  }
  return bytes;
}

/** 255 at multiples of 2 * period, 0 half-way between, straight lines in between. */
function triangle(n: number, period: number): number {
  return Math.floor((Math.abs((n % (2 * period)) - period) * 255) / period);
}

/** Bytes of a linear congruential generator modulo 2^31. */
function noise(seed: number): Uint8Array {
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  let state = seed;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    bytes[i] = (state >> 16) & 255;
  }
  return bytes;
}
