/**
 * Where two arrays part: the first index with unequal values, or the shorter length; null if
 * they are equal. (Test runners take minutes to print how two large arrays differ.)
 */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? null : length;
}
