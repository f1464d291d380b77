import { type KeyPress, matchesChord } from "./chord";
import { type DeclaredChord, declaredChords, everywhere, type KeyGroup } from "./key-registry";

/** What decides who hears a key press. */
export interface Hearing {
  /** Are keys of a single character on? */
  readonly singleKeys: boolean;
  /** Is the focus in this element? */
  hasFocus(element: Element): boolean;
  /** Does the element that has the focus need the chord itself? */
  isOwned(declared: DeclaredChord): boolean;
}

/**
 * The binding that a key press is for. Keys of the element in focus come before those of the
 * view, and these before those that work everywhere.
 */
export function hearPress(
  groups: readonly KeyGroup[],
  press: KeyPress,
  { singleKeys, hasFocus, isOwned }: Hearing,
): DeclaredChord | undefined {
  return declaredChords(groups, singleKeys)
    .filter(({ chord, binding }) => binding.action && matchesChord(chord, press))
    .filter(({ group: { within } }) => within === null || (within.current && hasFocus(within.current)))
    .sort((a, b) => rank(a.group) - rank(b.group))
    .find((declared) => !isOwned(declared));
}

function rank(group: KeyGroup): number {
  if (group.within) return 0;
  return group.name === everywhere ? 2 : 1;
}
