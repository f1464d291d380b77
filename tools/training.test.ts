import { expect, test } from "vitest";
import { isExcused } from "./training.mjs";

const other = { needsNoHelp: true, hasCompiler: false };

test.each([
  { reason: "no C compiler", but: { hasCompiler: true } },
  { reason: "Only for Linux on x86-64: elsewhere there is no CUDA", but: { needsNoHelp: false } },
])("$reason: an excuse on a machine where it is true", ({ reason, but }) => {
  expect(isExcused(reason, other)).toBe(true);
  expect(isExcused(reason, { ...other, ...but })).toBe(false);
});

test.each(["no C compiler that is new enough", "could not import 'torch'", ""])("no excuse: %s", (reason) => {
  expect(isExcused(reason, other)).toBe(false);
});
