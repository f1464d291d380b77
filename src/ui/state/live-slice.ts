import type { StateCreator } from "zustand";
import type { CameraDevice, CameraInfo } from "../../inputs/camera";
import type { CameraFault, CameraSituation } from "../../inputs/camera-situation";
import type { NetworkRun, PreparedInput } from "../../workers/emulator-api";
import type { Failure } from "../session/failure";
import type { LiveMeasurements } from "../session/live-meter";

/** A camera that is on, with all that may keep its frames from the network. */
interface CameraOn {
  readonly phase: "on";
  readonly info: CameraInfo;
  /** By the user. */
  readonly paused: boolean;
  /** Nobody sees the page. */
  readonly hidden: boolean;
  readonly muted: boolean;
  /** No frame came for some seconds. */
  readonly stalled: boolean;
  /** Why the network gives no answers; the video goes on. */
  readonly failure: Failure | null;
}

export type CameraState =
  | { readonly phase: "off" }
  /** `asking` until the user has answered the browser's question. */
  | { readonly phase: "asking" | "opening" }
  | CameraOn
  | { readonly phase: "failed"; readonly fault: CameraFault };

/** The newest frame that the network has answered. */
export interface LiveResult {
  readonly number: number;
  readonly prepared: PreparedInput;
  readonly run: NetworkRun;
  /** The best classes of the smoothed logits, best first: for the screen only. `run` has those that count. */
  readonly smoothed: NetworkRun["top"];
  readonly measurements: LiveMeasurements;
}

export interface LiveSlice {
  readonly camera: CameraState;
  /** Those to choose from; none before the user allowed one. */
  readonly cameras: readonly CameraDevice[];
  /** Null until the first frame of a camera is classified, and when it is off. */
  readonly liveResult: LiveResult | null;
  /** Id of the picture that is a frozen frame: the camera may go on from there. */
  readonly frozenPicture: number | null;
  /** Is the video shown as in a mirror? Null: if the camera looks at the user. */
  readonly mirror: boolean | null;
  readonly smoothing: boolean;
  setCamera(camera: CameraState): void;
  /** Changes a camera that is on; nothing if it is not. */
  changeCamera(change: Partial<Omit<CameraOn, "phase">>): void;
  setCameras(cameras: readonly CameraDevice[]): void;
  setLiveResult(result: LiveResult): void;
  setFrozenPicture(id: number): void;
  setMirror(mirror: boolean): void;
  setSmoothing(smoothing: boolean): void;
}

export const liveSlice: StateCreator<LiveSlice> = (set) => ({
  camera: { phase: "off" },
  cameras: [],
  liveResult: null,
  frozenPicture: null,
  mirror: null,
  smoothing: true,
  // A result is never older than its camera.
  setCamera: (camera) => set(camera.phase === "on" ? { camera } : { camera, liveResult: null }),
  changeCamera: (change) =>
    set(({ camera }) => (camera.phase === "on" ? { camera: { ...camera, ...change } } : {})),
  setCameras: (cameras) => set({ cameras }),
  setLiveResult: (liveResult) => set({ liveResult }),
  setFrozenPicture: (frozenPicture) => set({ frozenPicture }),
  setMirror: (mirror) => set({ mirror }),
  setSmoothing: (smoothing) => set({ smoothing }),
});

/** Has the camera the stage: is it on, or about to be? */
export function isLive({ camera }: Pick<LiveSlice, "camera">): boolean {
  return camera.phase !== "off" && camera.phase !== "failed";
}

/** Why no new frame is shown; null while all goes well, and where no camera is wanted. */
export function cameraSituation({ camera }: Pick<LiveSlice, "camera">): CameraSituation | null {
  switch (camera.phase) {
    case "off":
      return null;
    case "failed":
      return camera.fault;
    case "on":
      // The one that explains the others comes first: a muted camera stalls as well.
      return (["hidden", "paused", "muted", "stalled"] as const).find((pause) => camera[pause]) ?? null;
    default:
      return camera.phase;
  }
}

/** A camera that does not say where it looks is a computer's, above the screen. */
export function isMirrored({ camera, mirror }: Pick<LiveSlice, "camera" | "mirror">): boolean {
  return mirror ?? (camera.phase === "on" && camera.info.facing !== "environment");
}
