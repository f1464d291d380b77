/** "1 value", "16 values". */
export const formatValues = (count: number, what = "value"): string =>
  `${count} ${count === 1 ? what : `${what}s`}`;
