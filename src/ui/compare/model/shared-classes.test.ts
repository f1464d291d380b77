import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedClasses } from "./shared-classes";

const top = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 5 });

test("equal classes are joined at their ranks", () => {
  expect(sharedClasses([7, 3, 9], [9, 4, 7])).toEqual([
    { index: 7, left: 0, right: 2 },
    { index: 9, left: 2, right: 0 },
  ]);
});

test("each line ends at its class on both sides, and no shared class is without one", () => {
  fc.assert(
    fc.property(top, top, (left, right) => {
      const shared = sharedClasses(left, right);
      for (const { index, left: from, right: to } of shared) {
        expect([left[from], right[to]]).toEqual([index, index]);
      }
      expect(shared.map(({ index }) => index)).toEqual(left.filter((index) => right.includes(index)));
    }),
  );
});
