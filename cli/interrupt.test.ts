import { expect, test } from "vitest";
import { throwIfAborted } from "../src/graph/errors";
import { untilInterrupted } from "./interrupt";

test("Ctrl-C fires the signal, and nobody listens afterwards", async () => {
  const before = process.listenerCount("SIGINT");
  const work = untilInterrupted(async (signal) => {
    expect(process.listenerCount("SIGINT")).toBe(before + 1);
    // Only our listener: the test runner may have its own, which would end it.
    process.listeners("SIGINT").at(-1)?.("SIGINT");
    throwIfAborted(signal);
  });
  await expect(work).rejects.toMatchObject({ code: "aborted" });
  expect(process.listenerCount("SIGINT")).toBe(before);
});

test("work that is not interrupted returns, and nobody listens afterwards", async () => {
  const before = process.listenerCount("SIGINT");
  expect(await untilInterrupted(async (signal) => signal.aborted)).toBe(false);
  expect(process.listenerCount("SIGINT")).toBe(before);
});
