import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { cameraAdvice, cameraError, cameraFaultIn, cameraFaults } from "./camera-situation";

test.each(Object.entries(cameraAdvice))(
  "%s has whole sentences and a way out",
  (_, { sentence, waysOut }) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(waysOut.length).toBeGreaterThan(0);
    expect(new Set(waysOut).size).toBe(waysOut.length);
  },
);

test("no two situations say the same", () => {
  const sentences = Object.values(cameraAdvice).map(({ sentence }) => sentence);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test("what is on can be stopped; what failed leads on without it or to another try", () => {
  const isFault = (name: string) => cameraFaults.some((fault) => fault === name);
  for (const [name, { waysOut }] of Object.entries(cameraAdvice)) {
    expect(waysOut.includes("stop"), name).toBe(!isFault(name));
  }
});

test.each(cameraFaults)("%s survives as an error", (fault) => {
  const error = cameraError(fault);
  expect(error).toMatchObject({ code: "camera", details: { fault } });
  expect(cameraFaultIn(error)).toBe(fault);
});

test("any other error is a failure of the camera", () => {
  expect(cameraFaultIn(new Error("?"))).toBe("failed");
  expect(cameraFaultIn(new StreamscopeError("endpoint", "No.", { fault: "busy" }))).toBe("failed");
});
