import { expect, test } from "vitest";
import { spectrumPath, spectrumScale, summarizeLogits } from "./spectrum";

const logits = new Int32Array([50, -50, 0, 150]);

test("summarizes without touching the logits", () => {
  expect(summarizeLogits(logits)).toEqual({ lowest: -50, median: 0, highest: 150 });
  expect([...logits]).toEqual([50, -50, 0, 150]);
});

test("the box holds everything from the lowest to the highest, and zero", () => {
  const y = spectrumScale(logits, 100);
  expect([y(150), y(0), y(-50)]).toEqual([0, 75, 100]);
  const allNegative = spectrumScale(new Int32Array([-10, -30]), 60);
  expect([allNegative(0), allNegative(-30)]).toEqual([0, 60]);
});

test("draws one bar a logit, from zero", () => {
  expect(spectrumPath(logits, 100)).toBe("M0 75V50H1V75ZM1 75V100H2V75ZM2 75V75H3V75ZM3 75V0H4V75Z");
});

test("draws chosen bars alone", () => {
  expect(spectrumPath(logits, 100, [3])).toBe("M3 75V0H4V75Z");
});

test("all zero is flat", () => {
  expect(spectrumPath(new Int32Array(1), 10)).toBe("M0 10V10H1V10Z");
});
