import { StreamscopeError } from "../graph/errors";

/** Why there is no camera. */
export const cameraFaults = [
  "insecure",
  "unsupported",
  "no-device",
  "denied",
  "dismissed",
  "policy",
  "system",
  "busy",
  "overconstrained",
  "unplugged",
  "failed",
] as const;
export type CameraFault = (typeof cameraFaults)[number];

/** What a camera that is on, or about to be, can wait for. */
type CameraPause = "asking" | "opening" | "hidden" | "paused" | "muted" | "stalled";

export type CameraSituation = CameraFault | CameraPause;

/** What leads out of a situation. While the camera is on, a button to stop it is always there. */
export type WayOut = "try-again" | "any-camera" | "own-tab" | "resume" | "stop" | "photo";

interface Advice {
  /** What is the matter, and what to do. */
  readonly sentence: string;
  /** The most helpful first. None where it passes by itself. */
  readonly waysOut: readonly WayOut[];
}

/** Every state in which the camera shows no new frames. */
export const cameraAdvice: Readonly<Record<CameraSituation, Advice>> = {
  insecure: {
    sentence:
      "Browsers give the camera to secure pages only. Open this page by its https: address, or on this machine as localhost.",
    waysOut: ["photo"],
  },
  unsupported: {
    sentence:
      "This browser has no way to hand a camera's frames to a page. Update it, or use a current Chrome, Edge, Firefox or Safari.",
    waysOut: ["photo"],
  },
  "no-device": {
    sentence: "No camera was found. Plug one in or switch it on, then try again.",
    waysOut: ["try-again", "photo"],
  },
  denied: {
    sentence:
      "The camera is blocked for this page. Allow it in the site's settings, beside the address, then try again.",
    waysOut: ["try-again", "photo"],
  },
  dismissed: {
    sentence: "The camera was not allowed. Try again, and choose Allow when the browser asks.",
    waysOut: ["try-again", "photo"],
  },
  policy: {
    sentence:
      "This page stands in another one, which does not let it use the camera. Open it in a tab of its own.",
    waysOut: ["own-tab", "photo"],
  },
  system: {
    sentence:
      "The operating system keeps the camera from this browser. Allow it in the system's privacy settings, then try again.",
    waysOut: ["try-again", "photo"],
  },
  busy: {
    sentence:
      "The camera could not be started: another program may be using it. Close that program, then try again.",
    waysOut: ["try-again", "any-camera"],
  },
  overconstrained: {
    sentence: "The chosen camera is not there any more, or cannot do what was asked. Use another one.",
    waysOut: ["any-camera", "photo"],
  },
  unplugged: {
    sentence: "The camera stopped: it was unplugged, or the system took it away. Plug it in, then try again.",
    waysOut: ["try-again", "any-camera"],
  },
  failed: {
    sentence: "The camera could not be used. Try again; if that does not help, start the browser anew.",
    waysOut: ["try-again", "photo"],
  },
  asking: {
    sentence:
      "The browser asks whether this page may use the camera: choose Allow. The question is near the address.",
    waysOut: ["stop"],
  },
  opening: { sentence: "Starting the camera.", waysOut: ["stop"] },
  hidden: {
    sentence: "The camera waits while nobody looks at this page. It goes on by itself.",
    waysOut: ["stop"],
  },
  paused: { sentence: "Paused. The camera is still on.", waysOut: ["resume", "stop"] },
  muted: {
    sentence:
      "The camera gives no picture: a privacy switch or shutter is closed, or another program has it. It goes on by itself when the picture is back.",
    waysOut: ["any-camera", "stop"],
  },
  stalled: {
    sentence: "No frame has come for some seconds. If none comes, start the camera again or check its cable.",
    waysOut: ["try-again", "stop"],
  },
};

/** The error of a fault, with its sentence; `details.fault` names it. */
export function cameraError(fault: CameraFault, cause?: unknown): StreamscopeError {
  return new StreamscopeError("camera", cameraAdvice[fault].sentence, { fault }, { cause });
}

/** Which fault an error of the camera is; `failed` for what is none of them. */
export function cameraFaultIn(error: unknown): CameraFault {
  const fault = error instanceof StreamscopeError && error.code === "camera" ? error.details.fault : null;
  return cameraFaults.find((known) => known === fault) ?? "failed";
}
