import { sharedClasses } from "./shared-classes";

const ordinals = ["1st", "2nd", "3rd"];
const ordinal = (rank: number) => ordinals[rank] ?? `${rank + 1}th`;

/**
 * The lines between two lists in words: what each class's rank is on both sides, and what only one
 * side has.
 */
export function describePair(
  left: readonly number[],
  right: readonly number[],
  nameOf: (index: number) => string,
): string {
  const shared = sharedClasses(left, right);
  const both = shared.map(({ index, left: from, right: to }) =>
    from === to
      ? `${nameOf(index)} is ${ordinal(from)} on both sides`
      : `${nameOf(index)} is ${ordinal(from)} at the emulator and ${ordinal(to)} at the endpoint`,
  );
  const only = (side: string, mine: readonly number[], others: readonly number[]) => {
    const names = mine.filter((index) => !others.includes(index)).map(nameOf);
    return names.length > 0 ? [`only the ${side} has ${names.join(", ")}`] : [];
  };
  const parts = [...both, ...only("emulator", left, right), ...only("endpoint", right, left)];
  return `${parts.join("; ")}.`;
}
