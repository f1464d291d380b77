/** What a network tells apart. */
export interface ClassSpace {
  /** How many classes: an index is below it. */
  readonly classes: number;
  /** Their names by index; null where the package names none. */
  readonly names: readonly string[] | null;
}

/** What is in the pictures of a set, as far as it is known. */
export interface Labelling {
  /** The class of a picture, by its path. */
  readonly labels: ReadonlyMap<string, number>;
  /** In which ways a class was found, and how often: folders or lines of a list. */
  readonly found: Readonly<Record<LabelWay, number>>;
  readonly troubles: readonly LabelTrouble[];
}

export type LabelWay =
  | "index" // by the number of the class
  | "name" // by its name
  | "wordnet"; // by the place of its WordNet id among all thousand

/** What could not be resolved. The pictures concerned have no label; all others do. */
export interface LabelTrouble {
  readonly kind: LabelTroubleKind;
  /** Of folders, files or lines, as they are written. None twice. */
  readonly names: readonly string[];
}

export type LabelTroubleKind =
  | "unknown-folder" // names no class
  | "top-of-set" // pictures in no folder
  | "unknown-label" // the list gives what is no class
  | "no-file" // listed, but not in the set
  | "ambiguous-file" // listed by a name that several files have
  | "contradiction" // listed more than once, with different labels
  | "not-listed"; // in the set, but not in the list

/** A set of which nothing is known. */
export const noLabels: Labelling = {
  labels: new Map(),
  found: { index: 0, name: 0, wordnet: 0 },
  troubles: [],
};

/** Those kinds of which there is something to say. */
export function troublesOf(
  all: Readonly<Partial<Record<LabelTroubleKind, Iterable<string>>>>,
): LabelTrouble[] {
  return Object.entries(all)
    .map(([kind, names]) => ({ kind: kind as LabelTroubleKind, names: [...new Set(names)] }))
    .filter(({ names }) => names.length > 0);
}
