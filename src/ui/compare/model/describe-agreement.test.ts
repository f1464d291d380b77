import { expect, test } from "vitest";
import { agreementOf } from "./agreement";
import { describeMismatch } from "./describe-agreement";

test("a mismatch is named for what differs", () => {
  const against = (...right: number[]) => describeMismatch(agreementOf([1, 2, 3], right));
  expect(against(2, 1, 3)).toBe("same classes, another first");
  expect(against(4, 2, 3)).toBe("another first class");
  expect(against(1, 3, 2)).toBe("same classes, another order");
  expect(against(1, 2, 4)).toBe("same first, other classes");
});
