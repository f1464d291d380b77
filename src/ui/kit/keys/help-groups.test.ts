import { expect, test } from "vitest";
import { chordNames } from "./chord";
import { helpGroups } from "./help-groups";
import { everywhere, type KeyBinding, type KeyGroup } from "./key-registry";

const group = (name: string, ...bindings: [string | string[], string][]): KeyGroup => ({
  name,
  bindings: () => bindings.map(([keys, does]): KeyBinding => ({ keys, does, action: () => {} })),
  within: null,
});
const groups = [
  group(everywhere, ["?", "Show the keys"]),
  { ...group("Chart", ["ArrowRight", "Next frame"]), within: { current: null } },
  group("Dataflow", ["Space", "Play or pause"]),
  group("Dataflow", [["Home", "0"], "First cycle"]),
];
const text = (singleKeys: boolean) =>
  helpGroups(groups, "Dataflow", singleKeys).map(({ name, lines }) => [
    name,
    lines.map(
      ({ does, chords }) => `${chords.map((chord) => chordNames(chord, false)).join(" or ")}: ${does}`,
    ),
  ]);

test("the shown view first, the same name once, everywhere last", () => {
  expect(text(true)).toEqual([
    ["Dataflow", ["Space: Play or pause", "Home or 0: First cycle"]],
    ["Chart, with the focus in it", ["→: Next frame"]],
    [everywhere, ["?: Show the keys"]],
  ]);
});

test("what is off is not listed", () => {
  expect(text(false)).toEqual([
    ["Dataflow", ["Home: First cycle"]],
    ["Chart, with the focus in it", ["→: Next frame"]],
  ]);
});
