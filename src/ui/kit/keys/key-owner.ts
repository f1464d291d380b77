import type { Chord } from "./chord";

/** Where one writes: every key is the text's. */
const textFields =
  "textarea, [contenteditable=''], [contenteditable=true], [role=textbox], [role=searchbox], input:not([type=button], [type=checkbox], [type=color], [type=file], [type=radio], [type=range], [type=reset], [type=submit])";
/** Where letters look for an entry. */
const typeahead =
  "select, [role=combobox], [aria-haspopup=listbox], [role=listbox], [role=menu], [role=grid], [role=treegrid], [role=tree]";
/** Where arrows move. */
const arrows = `${typeahead}, input[type=radio], input[type=range], [role=radiogroup], [role=slider], [role=spinbutton], [role=tablist], [role=toolbar], [role=separator]`;
/** What Space or Enter presses. */
const pressed = `${arrows}, button, a[href], summary, input, [role=button], [role=checkbox], [role=switch], [role=option], [role=tab]`;
/** What must be left before the page hears keys again. */
const dialogs = "dialog, [role=dialog], [role=alertdialog], [role=menu]";

const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/**
 * Does the element that has the focus need these keys itself? A component that listens only
 * `within` its own element has its say over the widgets around it, not over those in it.
 */
export function isOwnedByFocus(focus: Element | null, chord: Chord, within?: Element | null): boolean {
  const owns = (selector: string) => {
    const owner = focus?.closest(selector);
    return owner ? !within || (within !== owner && within.contains(owner)) : false;
  };
  if (focus?.closest(textFields) || owns(dialogs)) return true;
  if (chord.mod) return false;
  if (moves.includes(chord.key)) return owns(arrows);
  if (chord.key === " " || chord.key === "Enter") return owns(pressed);
  return /^[a-z0-9]$/.test(chord.key) && owns(typeahead);
}
