import { expect, test } from "vitest";
import { describePass } from "./describe-pass";

test.each([
  [{ changed: false, nodesBefore: 9, nodesAfter: 9 }, [], "Nothing to do: still 9 nodes."],
  [
    { changed: true, nodesBefore: 9, nodesAfter: 1 },
    ["gone", "changed", "gone"],
    "9 nodes become 1: 1 changed, 2 gone.",
  ],
  [{ changed: true, nodesBefore: 9, nodesAfter: 9 }, ["new", "gone"], "9 nodes as before: 1 new, 1 gone."],
  [
    { changed: true, nodesBefore: 9, nodesAfter: 9 },
    [],
    "9 nodes as before; what is known of their shapes and types changed.",
  ],
] as const)("%j", (step, fates, sentence) => {
  expect(describePass(step, new Map(fates.map((fate, i) => [`node ${i}`, fate])))).toBe(sentence);
});
