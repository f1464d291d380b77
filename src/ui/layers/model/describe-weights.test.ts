import { expect, test } from "vitest";
import { describeWeights } from "./describe-weights";

test("weights in a sentence", () => {
  expect(describeWeights([-8, 0, 3, 0, 1])).toBe(
    "5 weights from −8 to 3: 2 positive, 1 negative, 2 zero. They sum to −4.",
  );
});
