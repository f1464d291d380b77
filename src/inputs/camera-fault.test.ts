import { expect, test } from "vitest";
import { faultOfRefusal } from "./camera-fault";

const free = { policyAllows: true, permission: null };
const refusal = (name: string, message = "") => new DOMException(message, name);

test.each([
  ["NotAllowedError", "denied"],
  ["SecurityError", "denied"],
  ["NotFoundError", "no-device"],
  ["NotReadableError", "busy"],
  ["AbortError", "busy"],
  ["OverconstrainedError", "overconstrained"],
  ["TypeError", "failed"],
] as const)("%s is %s", (name, fault) => expect(faultOfRefusal(refusal(name), free)).toBe(fault));

test("who refused is told apart: the user for good, the user for now, the page around, the system", () => {
  const error = refusal("NotAllowedError", "Permission denied");
  expect(faultOfRefusal(error, { ...free, permission: "denied" })).toBe("denied");
  expect(faultOfRefusal(error, { ...free, permission: "prompt" })).toBe("dismissed");
  expect(faultOfRefusal(error, { ...free, policyAllows: false })).toBe("policy");
  const bySystem = refusal("NotAllowedError", "Permission denied by system");
  expect(faultOfRefusal(bySystem, { ...free, permission: "granted" })).toBe("system");
});

test("what is no error at all is a failure", () => expect(faultOfRefusal("no", free)).toBe("failed"));
