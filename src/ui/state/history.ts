/** A value and all it was, each with the words for what made it so. */
export interface History<T> {
  readonly steps: readonly Step<T>[];
  /** Index of the present step. */
  readonly at: number;
}

interface Step<T> {
  readonly what: string;
  readonly value: T;
}

/** The oldest steps go first. */
const capacity = 200;

export const begin = <T>(what: string, value: T): History<T> => ({ steps: [{ what, value }], at: 0 });

export function present<T>({ steps, at }: History<T>): T {
  // `at` is always that of a step.
  return steps[at]!.value;
}

/** A new present; what was undone is given up. */
export function step<T>({ steps, at }: History<T>, what: string, value: T): History<T> {
  const kept = [...steps.slice(0, at + 1), { what, value }].slice(-capacity);
  return { steps: kept, at: kept.length - 1 };
}

/** What undoing would undo; null at the beginning. */
export const undoable = <T>({ steps, at }: History<T>): string | null =>
  at > 0 ? (steps[at]?.what ?? null) : null;

/** What redoing would do again; null at the end. */
export const redoable = <T>({ steps, at }: History<T>): string | null => steps[at + 1]?.what ?? null;

export const undo = <T>(history: History<T>): History<T> =>
  undoable(history) === null ? history : { ...history, at: history.at - 1 };

export const redo = <T>(history: History<T>): History<T> =>
  redoable(history) === null ? history : { ...history, at: history.at + 1 };
