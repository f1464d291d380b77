import { describe, expect, test } from "vitest";
import {
  belongsToBrowser,
  chordNames,
  isSingleCharacter,
  type KeyPress,
  matchesChord,
  parseChord,
} from "./chord";

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
});

describe("keys that match", () => {
  test.each<[string, KeyPress]>([
    ["Space", press(" ")],
    ["G", press("g")],
    ["G", press("G")],
    ["Shift+G", press("G", { shiftKey: true })],
    ["1", press("1")],
    ["ArrowRight", press("ArrowRight")],
    ["Shift+ArrowRight", press("ArrowRight", { shiftKey: true })],
    ["Mod+Z", press("z", { ctrlKey: true })],
    ["Mod+Z", press("z", { metaKey: true })],
    ["Mod+Shift+Z", press("Z", { ctrlKey: true, shiftKey: true })],
  ])("%s is %o", (chord, pressed) => expect(matchesChord(parseChord(chord), pressed)).toBe(true));

  test("a sign may take Shift, AltGr or Option, and a digit Shift", () => {
    expect(matchesChord(parseChord("?"), press("?", { shiftKey: true }))).toBe(true);
    expect(matchesChord(parseChord("["), press("[", { ctrlKey: true, altKey: true }))).toBe(true);
    expect(matchesChord(parseChord("["), press("[", { altKey: true }))).toBe(true);
    expect(matchesChord(parseChord("2"), press("2", { shiftKey: true }))).toBe(true);
  });

  test("a Cyrillic keyboard has the letters in their places", () => {
    expect(matchesChord(parseChord("Mod+Z"), press("я", { code: "KeyZ", ctrlKey: true }))).toBe(true);
    expect(matchesChord(parseChord("Mod+Z"), press("y", { code: "KeyZ", ctrlKey: true }))).toBe(false);
  });
});

test.each<[string, KeyPress]>([
  ["G", press("g", { ctrlKey: true })],
  ["G", press("g", { altKey: true })],
  ["G", press("G", { shiftKey: true })],
  ["1", press("1", { altKey: true })],
  ["?", press("?", { ctrlKey: true, shiftKey: true })],
  ["ArrowRight", press("ArrowRight", { shiftKey: true })],
  ["Shift+ArrowRight", press("ArrowRight")],
  ["Mod+Z", press("z")],
  ["Mod+Z", press("Z", { ctrlKey: true, shiftKey: true })],
])("%s is not %o", (chord, pressed) => expect(matchesChord(parseChord(chord), pressed)).toBe(false));

test.each(["", "Ctrl+Z", "Alt+1", "Hyper+X", "space", "Shift+"])("no key is called %j", (text) =>
  expect(() => parseChord(text)).toThrow("no key is called"),
);

test("single characters are those one may type without meaning it", () => {
  expect(["?", "1", "G", "Space", "Shift+G"].map(parseChord).every(isSingleCharacter)).toBe(true);
  expect(["Mod+Z", "ArrowUp", "Escape", "Home"].map(parseChord).some(isSingleCharacter)).toBe(false);
});

test("what the browser needs is its own", () => {
  expect(["Mod+W", "Mod+F", "Mod+1", "F5", "Tab", "/"].map(parseChord).every(belongsToBrowser)).toBe(true);
  expect(["Mod+Z", "Mod+Shift+Z", "?", "F", "Space"].map(parseChord).some(belongsToBrowser)).toBe(false);
});

test("names for people", () => {
  expect(chordNames(parseChord("Mod+Shift+Z"), false)).toEqual(["Ctrl", "Shift", "Z"]);
  expect(chordNames(parseChord("Mod+Z"), true)).toEqual(["⌘", "Z"]);
  expect(chordNames(parseChord("Space"), false)).toEqual(["Space"]);
  expect(chordNames(parseChord("ArrowLeft"), false)).toEqual(["←"]);
  expect(chordNames(parseChord("Home"), false)).toEqual(["Home"]);
});
