import fc from "fast-check";
import { expect, it } from "vitest";
import { int } from "../../graph/datatype";
import { Chain } from "../testing/chain";
import { lastNode } from "../testing/last-node";
import { labelSelect } from "./label-select";

function select(values: readonly number[], k: number): number[] {
  const chain = new Chain("test", { shape: [1, values.length], datatype: int(16) }).labelSelect(k);
  return Array.from(labelSelect(lastNode(chain, "LabelSelect"), Int16Array.from(values)));
}

it("names the largest values, best first", () => {
  expect(select([3, -1, 9, 4, 8], 3)).toEqual([2, 4, 3]);
});

it("puts the lower index first among equals, also at the edge of what is kept", () => {
  expect(select([5, 7, 5, 7, 5], 3)).toEqual([1, 3, 0]);
  expect(select([-9, -9, -9], 3)).toEqual([0, 1, 2]);
});

it("agrees with a stable sort", () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 300 });
  fc.assert(
    fc.property(values, (logits) => {
      const sorted = logits.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value);
      expect(select(logits, 5)).toEqual(sorted.slice(0, 5).map(({ index }) => index));
    }),
  );
});
