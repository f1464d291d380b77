import { expect, test } from "vitest";
import { describeSetup } from "./describe-setup";
import { testInfo, testSetup } from "./testing/frames";

test("names model, engine, endpoint, and the server's version if it tells one", () => {
  expect(describeSetup(testSetup)).toBe(
    "tiny on Reference, and http://127.0.0.1:8000 (streamscope-endpoint 0.1.0)",
  );
  const info = { ...testInfo, server: { name: "", version: "", extensions: [] } };
  expect(describeSetup({ ...testSetup, endpoint: { ...testSetup.endpoint, info } })).toBe(
    "tiny on Reference, and http://127.0.0.1:8000",
  );
});
