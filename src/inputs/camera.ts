import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { faultOfRefusal } from "./camera-fault";
import { type CameraPicture, capturePicture } from "./camera-picture";
import { type CameraFault, cameraError } from "./camera-situation";

/** Towards the user, or away. */
export type Facing = "user" | "environment";

/** Which camera is wanted: this one, one that looks this way, or any. */
export interface CameraChoice {
  readonly deviceId?: string;
  readonly facing?: Facing;
}

export interface CameraDevice {
  readonly id: string;
  readonly label: string;
}

/** What a camera says of itself. */
export interface CameraInfo extends CameraDevice {
  /** Null if it does not say: a computer's, mostly. */
  readonly facing: Facing | null;
  /** Frames a second that it was set to; null if it does not say. */
  readonly frameRate: number | null;
}

/** A frame that the video shows. Times are milliseconds, as `performance.now()`. */
export interface FrameSign {
  /** How many frames the camera has given so far. */
  readonly given: number;
  /** When light became a picture; null if the camera does not say. */
  readonly capturedAt: number | null;
  /** When the browser had it ready to be shown. */
  readonly shownAt: number;
}

export interface CameraEvents {
  onFrame(sign: FrameSign): void;
  /** A muted camera gives no picture: a privacy switch, or another program. */
  onMuted(muted: boolean): void;
  /** It is gone, with no call of `close`. */
  onEnded(fault: CameraFault): void;
}

/** A camera that is on. */
export interface OpenCamera {
  readonly info: CameraInfo;
  readonly muted: boolean;
  /** Puts its video into an element, which it fills as CSS says; returns the way to take it out. */
  showIn(place: Element): () => void;
  /** Goes on after `pause`. */
  play(): void;
  /** The video stands still; the camera is still on. */
  pause(): void;
  /** A copy of the frame that the video shows now, which the caller closes. Rejects with `camera`. */
  take(): Promise<CameraPicture>;
  /** Turns it off. Events end at once. */
  close(): void;
}

/** The cameras of the browser. */
export interface Cameras {
  /** Is the page allowed to use them? Null where the browser does not say. */
  permission(): Promise<PermissionState | null>;
  /**
   * Turns one on. It may wait long for the user's answer. Rejects with StreamscopeError: `camera`
   * with the fault, or `aborted`; a camera that comes after that is turned off at once.
   */
  open(choice: CameraChoice, events: CameraEvents, signal: AbortSignal): Promise<OpenCamera>;
  /** Those there are; none before the user allowed their use, as they have no names until then. */
  list(): Promise<readonly CameraDevice[]>;
  /** Calls when one is plugged in or out. */
  watch(onChange: () => void): void;
}

export const browserCameras: Cameras = {
  permission: () =>
    // Browsers that know no permission called "camera" reject.
    navigator.permissions
      ?.query({ name: "camera" as PermissionName })
      .then(({ state }) => state)
      .catch(() => null) ?? Promise.resolve(null),

  async open(choice, events, signal) {
    throwIfAborted(signal);
    if (!window.isSecureContext) throw cameraError("insecure");
    if (!navigator.mediaDevices || !("requestVideoFrameCallback" in HTMLVideoElement.prototype)) {
      throw cameraError("unsupported");
    }
    return playStream(await askForStream(choice, signal), events);
  },

  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices
      .filter(({ kind, label }) => kind === "videoinput" && label !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  },

  watch(onChange) {
    navigator.mediaDevices?.addEventListener("devicechange", onChange);
  },
};

/** Four times what the network sees, and what every camera has: more pixels would cost time and show nothing. */
const size = { width: { ideal: 640 }, height: { ideal: 480 } };

async function askForStream({ deviceId, facing }: CameraChoice, signal: AbortSignal): Promise<MediaStream> {
  const video = {
    ...size,
    frameRate: { ideal: 30 },
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    ...(facing ? { facingMode: { ideal: facing } } : {}),
  };
  const asked = navigator.mediaDevices.getUserMedia({ video });
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => {
    aborted.reject(new StreamscopeError("aborted", "Stopped."));
    asked.then(stopTracks, () => undefined);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([asked, aborted.promise]);
  } catch (error) {
    throwIfAborted(signal);
    const permission = await browserCameras.permission();
    throw cameraError(faultOfRefusal(error, { policyAllows: policyAllows(), permission }), error);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Browsers that do not tell are taken to allow it. */
function policyAllows(): boolean {
  const page: Document & { featurePolicy?: { allowsFeature(feature: string): boolean } } = document;
  return page.featurePolicy?.allowsFeature("camera") ?? true;
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function playStream(stream: MediaStream, events: CameraEvents): OpenCamera {
  const [track] = stream.getVideoTracks();
  if (!track) throw cameraError("no-device");
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  let paused = false;
  const play = () => {
    paused = false;
    // Rejects if it is closed before it began; a camera that never begins is found by its lack of frames.
    video.play().catch(() => undefined);
  };
  play();

  const over = new AbortController();
  const { signal } = over;
  const listen = (type: string, listener: () => void) => track.addEventListener(type, listener, { signal });
  listen("mute", () => events.onMuted(true));
  listen("unmute", () => events.onMuted(false));
  listen("ended", async () => {
    const refused = (await browserCameras.permission()) === "denied";
    if (!signal.aborted) events.onEnded(refused ? "denied" : "unplugged");
  });

  const onFrame: VideoFrameRequestCallback = (_now, { presentedFrames, captureTime, presentationTime }) => {
    if (signal.aborted) return;
    video.requestVideoFrameCallback(onFrame);
    events.onFrame({ given: presentedFrames, capturedAt: captureTime ?? null, shownAt: presentationTime });
  };
  video.requestVideoFrameCallback(onFrame);

  return {
    info: infoOf(track),
    muted: track.muted,
    showIn(place) {
      place.append(video);
      // A video that is taken out of a page is stopped by the browser.
      if (!paused) play();
      return () => video.remove();
    },
    play,
    pause() {
      paused = true;
      video.pause();
    },
    take: () =>
      capturePicture(video).catch((cause) => {
        throw cameraError("failed", cause);
      }),
    close() {
      over.abort();
      stopTracks(stream);
      video.srcObject = null;
    },
  };
}

function infoOf(track: MediaStreamTrack): CameraInfo {
  const { deviceId = "", facingMode, frameRate } = track.getSettings();
  const facing = facingMode === "user" || facingMode === "environment" ? facingMode : null;
  return { id: deviceId, label: track.label, facing, frameRate: frameRate ?? null };
}
