import { expect, test } from "vitest";
import { describeFailure } from "./describe-failure";

const refused = {
  code: "unsupported-model",
  message: "Add_0 (Add): no.",
  remedy: "retry",
  pass: "CheckQuantized",
} as const;

test.each([
  [refused, 7, "Refused by CheckQuantized after 7 passes. Add_0 (Add): no."],
  [refused, 0, "Refused by CheckQuantized before the first pass. Add_0 (Add): no."],
  [{ ...refused, pass: null }, 65, "Refused after 65 passes. Add_0 (Add): no."],
  [{ ...refused, code: "aborted", pass: null } as const, 1, "Stopped after 1 pass."],
] as const)("%#", (failure, passes, sentence) => {
  expect(describeFailure(failure, passes)).toBe(sentence);
});
