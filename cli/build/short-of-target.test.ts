import { expect, test } from "vitest";
import { deadlockedSimulation, steadySimulation } from "../testing/hand-made-simulation";
import { shortOfTarget } from "./short-of-target";

/** 1,000 cycles of 5 ns make 200,000 frames a second. */
const { steady } = steadySimulation;
const { bottleneck } = steady!;
const heldUp = { steady: { ...steady!, bottleneck: { ...bottleneck, limit: "fifos" as const } } };
const wish = { targetFps: 250_000, throughputFps: 260_000, clockNs: 5, sizedFifos: false };

test("FIFOs that are too shallow for the target are said to be, with what makes them deeper", () => {
  expect(shortOfTarget(heldUp, wish)).toBe(
    "Simulated it makes 200,000.0 frames/s, short of 250,000.0 frames/s: its FIFOs are too shallow. --size-fifos makes them deep enough.",
  );
});

test("where FIFOs are deep enough, or not in the way, they are not named", () => {
  const short = "Simulated it makes 200,000.0 frames/s, short of 250,000.0 frames/s.";
  expect(shortOfTarget(heldUp, { ...wish, sizedFifos: true })).toBe(short);
  expect(shortOfTarget({ steady }, wish)).toBe(short);
});

test("a rate as asked for, or as good as the nodes allow, needs no sentence; nor does none at all", () => {
  expect(shortOfTarget(heldUp, { ...wish, targetFps: 200_000 })).toBeNull();
  expect(shortOfTarget(heldUp, { ...wish, throughputFps: 200_000 })).toBeNull();
  expect(shortOfTarget(deadlockedSimulation, wish)).toBeNull();
});
