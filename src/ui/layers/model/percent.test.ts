import { expect, test } from "vitest";
import { percent } from "./percent";

test.each([
  [0, "0 %"],
  [0.0001, "under 1 %"],
  [0.374, "37 %"],
  [0.9999, "over 99 %"],
  [1, "100 %"],
])("%d is %s", (share, text) => expect(percent(share)).toBe(text));
