import { expect, test } from "vitest";
import { fakeCameraInfo } from "../testing/fake-cameras";
import { fakeLiveResult } from "../testing/fake-live-result";
import { type CameraState, cameraSituation, isLive, isMirrored } from "./live-slice";
import { createAppStore } from "./store";

const on = {
  phase: "on",
  info: fakeCameraInfo(),
  paused: false,
  hidden: false,
  muted: false,
  stalled: false,
  failure: null,
} as const;

test.each<[CameraState, ReturnType<typeof cameraSituation>]>([
  [{ phase: "off" }, null],
  [{ phase: "asking" }, "asking"],
  [{ phase: "opening" }, "opening"],
  [{ phase: "failed", fault: "busy" }, "busy"],
  [on, null],
  [{ ...on, stalled: true }, "stalled"],
  [{ ...on, muted: true, stalled: true }, "muted"],
  [{ ...on, paused: true, muted: true }, "paused"],
  [{ ...on, hidden: true, paused: true }, "hidden"],
])("%o is %s", (camera, situation) => expect(cameraSituation({ camera })).toBe(situation));

test("the camera has the stage from the question on until it is off or failed", () => {
  const phases: CameraState[] = [{ phase: "asking" }, { phase: "opening" }, on];
  expect(phases.every((camera) => isLive({ camera }))).toBe(true);
  expect(isLive({ camera: { phase: "off" } })).toBe(false);
  expect(isLive({ camera: { phase: "failed", fault: "denied" } })).toBe(false);
});

test("a mirror for cameras that look at the user, unless the user says otherwise", () => {
  const facing = (facing: "user" | "environment" | null, mirror: boolean | null = null) =>
    isMirrored({ camera: { ...on, info: fakeCameraInfo({ facing }) }, mirror });
  expect([facing("user"), facing(null), facing("environment")]).toEqual([true, true, false]);
  expect([facing("user", false), facing("environment", true)]).toEqual([false, true]);
});

test("a camera's result goes with it; what happens to no camera changes nothing", () => {
  const store = createAppStore();
  const { setCamera, changeCamera, setLiveResult } = store.getState();
  setCamera(on);
  setLiveResult(fakeLiveResult());
  changeCamera({ paused: true });
  expect(store.getState()).toMatchObject({ camera: { paused: true }, liveResult: { number: 1 } });
  setCamera({ phase: "off" });
  expect(store.getState().liveResult).toBeNull();
  changeCamera({ paused: false });
  expect(store.getState().camera).toEqual({ phase: "off" });
});
