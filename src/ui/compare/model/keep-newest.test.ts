import fc from "fast-check";
import { expect, test } from "vitest";
import { keepNewest } from "./keep-newest";

test("holds the last items in their order, and never more than the bound", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 8 }), (items, bound) => {
      const kept = items.reduce<readonly number[]>((list, item) => keepNewest(list, item, bound), []);
      expect(kept).toEqual(items.slice(-bound));
    }),
  );
});
