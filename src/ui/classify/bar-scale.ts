/** Where a bar begins and ends on its track, as shares from 0 (left) to 1 (right). */
export interface BarExtent {
  readonly from: number;
  readonly to: number;
}

/**
 * Lays integers out as bars from zero, on one scale that holds zero and all of them: negative
 * ones reach to the left of zero, so that no bar says more than its number.
 */
export function barScale(values: readonly number[]): (value: number) => BarExtent {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const place = (value: number) => (high > low ? (value - low) / (high - low) : 0);
  return (value) => ({ from: place(Math.min(0, value)), to: place(Math.max(0, value)) });
}
