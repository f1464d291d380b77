import type { FrameSign, OpenCamera } from "../../inputs/camera";
import { type CameraPicture, duplicatePicture } from "../../inputs/camera-picture";
import type { NetworkRun } from "../../workers/emulator-api";
import type { FrameListener, LiveFrame } from "./live-frame";
import type { Session } from "./session";

/** A frame that the network has answered. */
export interface AnsweredFrame {
  readonly frame: LiveFrame;
  readonly run: NetworkRun;
  readonly sign: FrameSign;
  /** The whole frame; whoever is given it closes it. */
  readonly picture: CameraPicture;
}

export interface FrameWork {
  readonly session: Pick<Session, "prepare" | "run">;
  readonly camera: Pick<OpenCamera, "take">;
  readonly listeners: Iterable<FrameListener>;
  readonly signal: AbortSignal;
  now(): number;
  /** Hears of the answer before the listeners are done. Not called once the signal has fired. */
  onAnswer(answered: AnsweredFrame): void;
}

/**
 * Takes the frame that the camera shows now and has the network answer it. Resolves when the
 * listeners are done too, or the signal fires. Rejects as the session does; every picture is
 * then closed.
 */
export async function classifyFrame(sign: FrameSign, number: number, work: FrameWork): Promise<void> {
  const { session, camera, signal } = work;
  const picture = await camera.take();
  const takenAt = work.now();
  // The worker closes the one; the other is there to be frozen.
  let kept: CameraPicture | null = null;
  try {
    kept = await duplicatePicture(picture);
    const prepared = await session.prepare(picture, signal);
    const run = session.run(prepared.input, signal);
    const frame: LiveFrame = { number, takenAt, prepared, run };
    const heard = Promise.allSettled([...work.listeners].map(async (listener) => listener(frame)));
    try {
      const answer = await run;
      if (signal.aborted) return;
      work.onAnswer({ frame, run: answer, sign, picture: kept });
      kept = null;
    } finally {
      await doneOrFired(heard, signal);
    }
  } finally {
    kept?.close();
    // A call that never reached the worker left it here.
    picture.close();
  }
}

/** Leaves nothing on the signal: a camera has many frames, and one signal for them all. */
async function doneOrFired(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let onAbort = () => {};
  const fired = new Promise<void>((resolve) => {
    onAbort = resolve;
  });
  signal.addEventListener("abort", onAbort);
  await Promise.race([work, fired]);
  signal.removeEventListener("abort", onAbort);
}
