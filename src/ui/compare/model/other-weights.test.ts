import { expect, test } from "vitest";
import { type ComparisonSetup, newComparison, withFrame } from "./comparison";
import { mayHoldOtherWeights } from "./other-weights";
import { testFrame, testInfo, testSetup } from "./testing/frames";

const latency = { totalMs: 9, networkMs: null, queueMs: null, deviceMs: null };

/** One frame, answered with these parameters. */
function compared(
  parameters: Record<string, string | boolean>,
  { top = [2], setup = testSetup }: { top?: number[]; setup?: ComparisonSetup } = {},
) {
  const endpoint = { top, latency, parameters, parametersLeftOut: 0 };
  return withFrame(newComparison(setup, 0), testFrame(1, [1], top, { setup, endpoint }));
}

test("a card with another checksum that answers differently may hold other weights", () => {
  expect(mayHoldOtherWeights(compared({ hardware: true, model_checksum: "cd" }))).toBe(true);
  expect(mayHoldOtherWeights(compared({ hardware: true }))).toBe(true);
});

test("a card that says nothing of itself is known by its platform", () => {
  const info = { ...testInfo, model: { ...testInfo.model, platform: "finn-pynq (xilinx_u250)" } };
  const setup = { ...testSetup, endpoint: { ...testSetup.endpoint, info } };
  expect(mayHoldOtherWeights(compared({}, { setup }))).toBe(true);
  expect(mayHoldOtherWeights(compared({ hardware: false }, { setup }))).toBe(false);
});

test("not so the model's own checksum, the same answers, an emulator, or no frame at all", () => {
  const { checksum } = testSetup.model;
  expect(mayHoldOtherWeights(compared({ hardware: true, model_checksum: checksum }))).toBe(false);
  expect(mayHoldOtherWeights(compared({ hardware: true, model_checksum: "cd" }, { top: [1] }))).toBe(false);
  expect(mayHoldOtherWeights(compared({ hardware: false, model_checksum: "cd" }))).toBe(false);
  expect(mayHoldOtherWeights(newComparison(testSetup, 0))).toBe(false);
});
