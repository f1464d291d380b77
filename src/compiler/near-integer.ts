/** Within so many float32 steps of an integer, a threshold's ceiling hangs on how its parts were rounded. */
const STEPS = 2;

/** Does a float32 number lie within 2 steps (ulp) of an integer, or on one? */
export function isNearInteger(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value - Math.round(value)) <= STEPS * ulp(value);
}

/** Distance from a float32 number to the next one of larger magnitude. */
export function ulp(value: number): number {
  const bits = new Uint32Array(Float32Array.of(Math.abs(value)).buffer);
  const next = new Float32Array(Uint32Array.of(bits[0]! + 1).buffer);
  return next[0]! - Math.fround(Math.abs(value));
}
