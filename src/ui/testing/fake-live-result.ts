import type { LiveResult } from "../state/live-slice";
import { fakeClassification } from "./fake-emulator";

/** What is on screen after one frame. */
export function fakeLiveResult(overrides: Partial<LiveResult> = {}): LiveResult {
  const { input, source, notes, prepareMs, ...run } = fakeClassification();
  return {
    number: 1,
    prepared: { input, source, notes, prepareMs },
    run,
    smoothed: run.top,
    measurements: {
      framesPerSecond: null,
      medianMs: { capture: 10, resize: prepareMs, emulate: run.runMs, draw: null },
      fromLight: true,
      given: 1,
      taken: 1,
    },
    ...overrides,
  };
}
