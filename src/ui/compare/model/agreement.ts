/**
 * How far two answers are the same, in three senses. The card gives indices and no scores, so
 * indices are all that is compared.
 */
export interface Agreement {
  /** The best class is the same. */
  readonly sameFirst: boolean;
  /** The same classes, in whatever order. */
  readonly sameSet: boolean;
  /** The same classes in the same order. */
  readonly sameOrder: boolean;
}

/** Compares two lists of class indices, each best first and without repetition. */
export function agreementOf(left: readonly number[], right: readonly number[]): Agreement {
  const sameLength = left.length === right.length;
  const inRight = new Set(right);
  return {
    sameFirst: left.length > 0 && left[0] === right[0],
    sameSet: sameLength && left.every((index) => inRight.has(index)),
    sameOrder: sameLength && left.every((index, rank) => index === right[rank]),
  };
}
