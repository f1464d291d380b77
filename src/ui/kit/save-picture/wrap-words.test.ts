import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wrapWords } from "./wrap-words";

const letters = (text: string) => text.length;

test("lines are as full as they can be", () => {
  expect(wrapWords("one two three four", 9, letters)).toEqual(["one two", "three", "four"]);
  expect(wrapWords("  a  verylongword b ", 5, letters)).toEqual(["a", "verylongword", "b"]);
  expect(wrapWords("", 5, letters)).toEqual([]);
});

test("no word is lost, and only single words are wider than the line", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/));
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (all, width) => {
      const lines = wrapWords(all.join(" "), width, letters);
      expect(lines.flatMap((line) => line.split(" "))).toEqual(all);
      for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
    }),
  );
});
