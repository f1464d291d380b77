import type { Chord } from "./chord";
import { declaredChords, everywhere, type KeyGroup } from "./key-registry";

/** What the help says of one group of keys. */
export interface HelpGroup {
  readonly name: string;
  readonly lines: readonly { readonly does: string; readonly chords: readonly Chord[] }[];
}

/**
 * What keys do on the page as it is: the shown view's first, then those of its parts, at last
 * those that work everywhere. Keys that are turned off are not listed.
 */
export function helpGroups(
  groups: readonly KeyGroup[],
  shownView: string,
  singleKeys: boolean,
): readonly HelpGroup[] {
  const byName = new Map<string, Map<string, Chord[]>>();
  const heading = ({ name, within }: KeyGroup) => (within ? `${name}, with the focus in it` : name);
  for (const { chord, binding, group } of declaredChords(groups, singleKeys)) {
    const lines = byName.get(heading(group)) ?? new Map<string, Chord[]>();
    byName.set(heading(group), lines.set(binding.does, [...(lines.get(binding.does) ?? []), chord]));
  }
  const place = (name: string) => (name === shownView ? 0 : name === everywhere ? 2 : 1);
  return [...byName]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([name, lines]) => ({ name, lines: [...lines].map(([does, chords]) => ({ does, chords })) }));
}
