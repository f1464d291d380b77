import { belongsToBrowser, type Chord, isSingleCharacter, parseChord } from "./chord";

/** Keys and what they do. */
export interface KeyBinding {
  /** "Space", "Shift+ArrowRight", "Mod+Z" (see `parseChord`), or several that do the same. */
  readonly keys: string | readonly string[];
  /** For the help, as an order: "Play or pause". */
  readonly does: string;
  /** Absent: a widget or the browser does it itself, and the line is for the help. */
  readonly action?: () => void;
  /** Does it go on while the key is held down? Else only the first press counts. */
  readonly repeats?: boolean;
}

/** Keys of one component. */
export interface KeyGroup {
  /** Heading in the help; groups of the same name stand under one. */
  readonly name: string;
  /** Read at each key press: actions may change. */
  bindings(): readonly KeyBinding[];
  /** Holds the element that must have the focus in it; null for keys of the whole page. */
  readonly within: { readonly current: Element | null } | null;
}

/** A chord that was declared, with its binding and its group. */
export interface DeclaredChord {
  readonly chord: Chord;
  readonly binding: KeyBinding;
  readonly group: KeyGroup;
}

/** Heading of the keys that work in every view. */
export const everywhere = "Everywhere";

/** Which keys do what on the page as it is. Components add their keys while they are there. */
export class KeyRegistry {
  #groups: readonly KeyGroup[] = [];
  readonly #listeners = new Set<() => void>();

  /** Adds a group, and returns the way to take it back. Throws if it takes keys from the browser. */
  add(group: KeyGroup): () => void {
    for (const { chord, binding } of declaredChords([group])) {
      if (binding.action && belongsToBrowser(chord)) {
        throw new Error(`the browser needs the keys of “${binding.does}” itself`);
      }
    }
    this.#set([...this.#groups, group]);
    return () => this.#set(this.#groups.filter((other) => other !== group));
  }

  /** The groups, in the order in which they came; the same array as long as none comes or goes. */
  readonly groups = (): readonly KeyGroup[] => this.#groups;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #set(groups: readonly KeyGroup[]) {
    this.#groups = groups;
    for (const listener of this.#listeners) listener();
  }
}

/** Every chord of the groups. With `singleKeys` off, those of a single character are left out. */
export function declaredChords(groups: readonly KeyGroup[], singleKeys = true): readonly DeclaredChord[] {
  return groups.flatMap((group) =>
    group.bindings().flatMap((binding) =>
      [binding.keys]
        .flat()
        .map((keys) => ({ chord: parseChord(keys), binding, group }))
        .filter(({ chord }) => singleKeys || !binding.action || !isSingleCharacter(chord)),
    ),
  );
}
