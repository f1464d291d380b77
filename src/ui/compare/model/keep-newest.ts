/** The list with the item at its end; the oldest go once there are more than `bound`. */
export function keepNewest<T>(list: readonly T[], item: T, bound: number): readonly T[] {
  return [...list.slice(Math.max(0, list.length + 1 - bound)), item];
}
