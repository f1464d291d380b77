import { expect, test } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import { toFailure } from "./failure";

test.each([
  ["no-webgpu", "automatic-engine"],
  ["bad-image", "another-picture"],
  ["network", "retry"],
  ["bad-package", "retry"],
  ["device-lost", "retry"],
] as const)("%s is helped by %s", (code, remedy) => {
  expect(toFailure(new StreamscopeError(code, "What happened."))).toEqual({
    code,
    message: "What happened.",
    remedy,
  });
});

test("an unforeseen error is owned up to and named", () => {
  expect(toFailure(new TypeError("x is undefined"))).toEqual({
    code: "engine-failed",
    message: "Something broke that should not have: x is undefined",
    remedy: "retry",
  });
});
