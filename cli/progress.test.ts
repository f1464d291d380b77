import { expect, test } from "vitest";
import type { Output } from "./output";
import { withProgress } from "./progress";

const dumb: Output = { print: () => {}, complain: () => {} };

test("a per cent is shown once, and the line goes at the end", async () => {
  const shown: string[] = [];
  const result = await withProgress(
    { ...dumb, progress: (line) => shown.push(line) },
    "simulating",
    async (onProgress) => {
      for (const share of [0, 0.001, 0.015, 0.5]) onProgress(share);
      return 7;
    },
  );
  expect(result).toBe(7);
  expect(shown).toEqual(["simulating 0 %", "simulating 1 %", "simulating 50 %", ""]);
});

test("the line goes when the work fails, and nothing is shown where nobody watches", async () => {
  const shown: string[] = [];
  const failing = async (onProgress: (share: number) => void) => {
    onProgress(0.1);
    throw new Error("no");
  };
  const watched = { ...dumb, progress: (line: string) => shown.push(line) };
  await expect(withProgress(watched, "x", failing)).rejects.toThrow("no");
  expect(shown).toEqual(["x 10 %", ""]);
  await expect(withProgress(dumb, "x", failing)).rejects.toThrow("no");
});
