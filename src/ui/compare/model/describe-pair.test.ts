import { expect, test } from "vitest";
import { describePair } from "./describe-pair";

const nameOf = (index: number) => `c${index}`;

test("says of each class where it stands", () => {
  expect(describePair([1, 2, 3, 4], [1, 3, 2, 9], nameOf)).toBe(
    "c1 is 1st on both sides; c2 is 2nd at the emulator and 3rd at the endpoint; " +
      "c3 is 3rd at the emulator and 2nd at the endpoint; only the emulator has c4; only the endpoint has c9.",
  );
  expect(describePair([5], [5], nameOf)).toBe("c5 is 1st on both sides.");
});
