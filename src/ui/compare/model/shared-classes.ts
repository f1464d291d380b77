/** A class that both sides name, with its ranks from 0. */
export interface SharedClass {
  readonly index: number;
  readonly left: number;
  readonly right: number;
}

/** The classes that both lists have, in the order of the left one. */
export function sharedClasses(left: readonly number[], right: readonly number[]): SharedClass[] {
  const ranks = new Map(right.map((index, rank) => [index, rank]));
  return left.flatMap((index, rank) => {
    const other = ranks.get(index);
    return other === undefined ? [] : [{ index, left: rank, right: other }];
  });
}
