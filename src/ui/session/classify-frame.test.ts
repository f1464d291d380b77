import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import type { CameraPicture } from "../../inputs/camera-picture";
import { fakeClassification } from "../testing/fake-emulator";
import { classifyFrame, type FrameWork } from "./classify-frame";

/** Work on a camera that stays on for as long as the signal does not fire. */
function workUntil(signal: AbortSignal, change: Partial<FrameWork> = {}): FrameWork {
  // All that is done with a picture here is to double it and to close it.
  const picture = { clone: () => picture, close() {} } as unknown as CameraPicture;
  return {
    session: { prepare: async () => fakeClassification(), run: async () => fakeClassification() },
    camera: { take: async () => picture },
    listeners: [],
    signal,
    now: () => 0,
    onAnswer() {},
    ...change,
  };
}

const sign = { given: 1, capturedAt: null, shownAt: 0 };

describe("of a frame nothing is left on the camera's signal", () => {
  const { signal } = new AbortController();

  test("when it was answered and heard of", async () => {
    await classifyFrame(sign, 1, workUntil(signal, { listeners: [async () => {}] }));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("when it failed", async () => {
    const run = async () => Promise.reject(new Error("broken"));
    const session = { prepare: async () => fakeClassification(), run };
    await expect(classifyFrame(sign, 1, workUntil(signal, { session }))).rejects.toThrow("broken");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

test("a listener that never ends is waited for until the signal fires", async () => {
  const camera = new AbortController();
  let frame = Promise.resolve();
  await new Promise<void>((resolve) => {
    const listeners = [() => new Promise<void>(() => {})];
    frame = classifyFrame(sign, 1, workUntil(camera.signal, { listeners, onAnswer: () => resolve() }));
  });
  camera.abort();
  await expect(frame).resolves.toBeUndefined();
});
