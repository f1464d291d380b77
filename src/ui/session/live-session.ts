import { StreamscopeError } from "../../graph/errors";
import type { CameraChoice, CameraEvents, Cameras, FrameSign, OpenCamera } from "../../inputs/camera";
import { type CameraPicture, pngOfPicture } from "../../inputs/camera-picture";
import { type CameraFault, cameraFaultIn } from "../../inputs/camera-situation";
import { type CameraState, isLive } from "../state/live-slice";
import type { Attempt } from "../state/picture-slice";
import type { AppState, AppStore } from "../state/store";
import { type ViewId, viewNames } from "../views";
import { type AnsweredFrame, classifyFrame } from "./classify-frame";
import { toFailure } from "./failure";
import type { FrameListener } from "./live-frame";
import { LiveMeter } from "./live-meter";
import type { LivePage } from "./live-page";
import { highest, LogitSmoother } from "./live-smoothing";
import { type NewestWins, newestWins } from "./newest-wins";
import { framePicture, type Picture } from "./picture";
import { recoveryOf } from "./recovery";
import type { Session } from "./session";

export interface LiveSessionOptions {
  readonly session: Pick<Session, "prepare" | "run" | "show">;
  readonly store: AppStore;
  readonly cameras: Cameras;
  readonly page: LivePage;
  /** Makes a lossless file of a frame. */
  readonly encode?: (picture: CameraPicture) => Promise<Blob>;
}

/** What a user does with a camera. Everything that comes of it appears in the store. */
export interface LiveSession {
  /** Turns a camera on, in place of the one that is: by default the last chosen. May wait for the user's answer. */
  start(choice?: CameraChoice): Promise<void>;
  /** Turns it off, also while the user is still asked. */
  stop(): void;
  /** The video stands still, on a frame that is classified as the last one. */
  pause(): void;
  /** Goes on after a pause, or after a failure of the network. */
  resume(): void;
  /**
   * Turns the camera off and shows the newest answered frame as a picture, as any other: its input
   * is, byte for byte, the live frame's. Null if that frame is not shown: the camera is off, a frame
   * is being frozen already, or the user chose something newer meanwhile. Rejects with `camera` if no
   * frame was answered yet.
   */
  freeze(): Promise<Picture | null>;
  /** Hears of every frame from the next on; returns the way to end it. */
  listen(listener: FrameListener): () => void;
  /** Puts the video of the camera that is on into an element; returns the way to take it out. */
  showIn(place: Element): () => void;
}

/** The views that show the video: the camera is on only where one sees that it is. */
const liveViews: ReadonlySet<ViewId> = new Set(["classify", "compare"]);

/** What a camera is once it is no longer on. */
type EndedCamera = Extract<CameraState, { readonly phase: "off" | "failed" }>;

/** Without a frame for so long, something is wrong. */
const stallMs = 3000;

/** So many losses of the engine in a row are no accident. */
const lossesInRow = 3;

/**
 * Runs the network on what a camera shows: one frame at a time, always the newest. What is lost in
 * the emulator is set up again by itself, and the next frame goes on.
 */
export function createLiveSession({
  session,
  store,
  cameras,
  page,
  encode = pngOfPicture,
}: LiveSessionOptions): LiveSession {
  const listeners = new Set<FrameListener>();
  let lastChoice: CameraChoice = {};
  /** Of the camera that is on. Fired, and the camera still on: its newest frame is being frozen. */
  let life = endedLife();
  let camera: OpenCamera | null = null;
  /** The newest answered frame, and its number. */
  let kept: { readonly picture: CameraPicture; readonly number: number } | null = null;
  let frames: NewestWins<FrameSign> | null = null;
  let meter = new LiveMeter();
  let stopWaiting = () => {};
  /** What was said of the camera that was left, while it holds, and the frame that stands in its place. */
  let left: { readonly notice: string; readonly frame: number | null } | null = null;

  async function start(choice = lastChoice): Promise<void> {
    end();
    lastChoice = choice;
    life = new AbortController();
    const { signal } = life;
    const { setCamera } = store.getState();
    setCamera({ phase: "opening" });
    const permission = await cameras.permission();
    if (signal.aborted) return;
    if (permission !== "granted") setCamera({ phase: "asking" });
    try {
      const opened = await cameras.open(choice, eventsOf(signal), signal);
      if (signal.aborted) return opened.close();
      camera = opened;
      frames = newestWins(workOn(opened, signal));
      const { info, muted } = opened;
      setCamera({
        phase: "on",
        info,
        muted,
        paused: false,
        hidden: page.isHidden(),
        stalled: false,
        failure: null,
      });
      awaitFrame();
      await listCameras();
    } catch (error) {
      if (!signal.aborted) setCamera({ phase: "failed", fault: cameraFaultIn(error) });
    }
  }

  function eventsOf(signal: AbortSignal): CameraEvents {
    return {
      onFrame(sign) {
        if (signal.aborted) return;
        const { camera: state, changeCamera, model } = store.getState();
        if (state.phase !== "on") return;
        awaitFrame();
        if (state.stalled) changeCamera({ stalled: false });
        // While there is no model, a frame would grow old waiting for it.
        const wanted = !state.hidden && !state.muted && !state.failure && model.phase === "ready";
        if (wanted) void frames?.offer(sign);
        else frames?.clear();
      },
      onMuted(muted) {
        if (!signal.aborted) store.getState().changeCamera({ muted });
      },
      async onEnded(fault) {
        if (!signal.aborted) await loseCamera(fault);
      },
    };
  }

  /** What is done with each frame of a camera, until the signal fires. */
  function workOn(from: OpenCamera, signal: AbortSignal): (sign: FrameSign) => Promise<void> {
    meter = new LiveMeter();
    const smoother = new LogitSmoother();
    const work = {
      session,
      camera: from,
      listeners,
      signal,
      now: () => page.now(),
      onAnswer: (answered: AnsweredFrame) => publish(answered, smoother),
    };
    let number = 0;
    let losses = 0;
    return async (sign) => {
      if (signal.aborted) return;
      const { lastModel } = store.getState();
      try {
        await classifyFrame(sign, ++number, work);
        losses = 0;
      } catch (error) {
        if (signal.aborted) return;
        losses++;
        meter.interrupt();
        const { model, lastModel: modelNow, changeCamera } = store.getState();
        // The session has set up again what was lost, or the user has changed the engine under the
        // frame; the next one is newer anyway.
        const goesOn = recoveryOf(error)
          ? losses <= lossesInRow
          : model.phase !== "ready" || modelNow !== lastModel;
        if (!goesOn) changeCamera({ failure: toFailure(error) });
      }
    };
  }

  function publish({ frame, run, sign, picture }: AnsweredFrame, smoother: LogitSmoother): void {
    const { number, takenAt, prepared } = frame;
    kept?.picture.close();
    kept = { picture, number };
    const answeredAt = page.now();
    const means = smoother.add(run.logits, answeredAt);
    const { setLiveResult, lastModel } = store.getState();
    const smoothed = highest(means, run.top.length).map((index) => ({
      index,
      logit: means[index]!,
      label: lastModel?.labels?.[index] ?? null,
    }));
    const measurements = meter.add({
      capture: Math.max(0, takenAt - (sign.capturedAt ?? sign.shownAt)),
      resize: prepared.prepareMs,
      emulate: run.runMs,
      fromLight: sign.capturedAt !== null,
      given: sign.given,
      answeredAt,
    });
    setLiveResult({ number, prepared, run, smoothed, measurements });
    const drawn = meter.startDraw();
    void page.painted().then((at) => drawn(at - answeredAt));
  }

  function stop(): void {
    endAs({ phase: "off" });
  }

  function endAs(ended: EndedCamera): void {
    end();
    store.getState().setCamera(ended);
  }

  /** Whatever the camera is doing ends; nothing of it is heard again. */
  function end(): void {
    life.abort();
    // Another one, so that a frame that is still being frozen is no longer wanted.
    life = endedLife();
    stopWaiting();
    camera?.close();
    camera = null;
    kept?.picture.close();
    kept = null;
  }

  function pause(): void {
    camera?.pause();
    stopWaiting();
    store.getState().changeCamera({ paused: true, stalled: false });
  }

  function resume(): void {
    meter.interrupt();
    camera?.play();
    store.getState().changeCamera({ paused: false, failure: null });
    awaitFrame();
  }

  async function freeze(ended: EndedCamera = { phase: "off" }): Promise<Picture | null> {
    const mine = life;
    if (mine.signal.aborted) return null;
    const frozen = kept;
    if (!frozen)
      throw new StreamscopeError("camera", "No frame has been classified yet. Wait for the first.");
    kept = null;
    mine.abort();
    camera?.pause();
    const before = store.getState().attempt;
    let wanted = false;
    const file = await encode(frozen.picture).finally(() => {
      frozen.picture.close();
      // Turned off or started again meanwhile, the camera is the user's; a newer picture keeps the stage.
      if (life !== mine) return;
      wanted = isSamePicture(store.getState().attempt, before);
      endAs(ended);
    });
    if (!wanted) return null;
    const picture = framePicture(file, frozen.number);
    store.getState().setFrozenPicture(picture.id);
    void session.show(picture);
    return picture;
  }

  /** The newest frame stays, so that no work is lost with the camera. */
  async function loseCamera(fault: CameraFault): Promise<void> {
    const ended = { phase: "failed", fault } as const;
    if (kept) await freeze(ended).catch(() => undefined);
    else endAs(ended);
  }

  function awaitFrame(): void {
    stopWaiting();
    const { camera: state, changeCamera } = store.getState();
    if (state.phase !== "on" || state.paused || state.hidden) return;
    stopWaiting = page.after(stallMs, () => changeCamera({ stalled: true }));
  }

  async function listCameras(): Promise<void> {
    store.getState().setCameras(await cameras.list().catch(() => []));
  }

  cameras.watch(() => void listCameras());

  page.onVisibilityChange(() => {
    meter.interrupt();
    store.getState().changeCamera({ hidden: page.isHidden(), stalled: false });
    awaitFrame();
  });

  store.subscribe((now, before) => {
    const isOnAgain = now.camera.phase === "on" && before.camera.phase !== "on";
    const isReplaced = left !== null && left.frame !== null && now.attempt?.picture.id !== left.frame;
    if (left && (isOnAgain || isReplaced)) {
      const { notice } = left;
      left = null;
      now.retract(notice);
    }
    if (!isLive(now)) return;
    const isFreezing = now.camera.phase === "on" && life.signal.aborted;
    if (!isFreezing && now.view !== before.view && !liveViews.has(now.view)) leave(before.view);
    else if (choseOther(now, before)) stop();
    else if (now.model !== before.model && now.model.phase === "ready") clearFailure(now);
  });

  /** The view that comes shows no video. */
  function leave(from: ViewId): void {
    const instead = kept ? " Its newest frame is shown instead." : "";
    const notice = `The camera is off since you left ${viewNames[from]}.${instead}`;
    left = { notice, frame: null };
    store.getState().notify(notice);
    if (!kept) {
      stop();
      return;
    }
    freeze().then(
      (picture) => {
        if (left?.notice === notice) left = { notice, frame: picture?.id ?? null };
      },
      () => undefined,
    );
  }

  /** What another model, or a model set up anew, could not do before it may do now. */
  function clearFailure({ camera: state, changeCamera }: AppState): void {
    if (state.phase === "on" && state.failure) changeCamera({ failure: null });
  }

  return {
    start,
    stop,
    pause,
    resume,
    freeze: () => freeze(),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    showIn: (place) => camera?.showIn(place) ?? (() => {}),
  };
}

function endedLife(): AbortController {
  const ended = new AbortController();
  ended.abort();
  return ended;
}

/** Did the user hand in another picture, which then is wanted in place of the camera's? */
function choseOther({ attempt }: AppState, before: AppState): boolean {
  return before.attempt !== null && !isSamePicture(attempt, before.attempt);
}

function isSamePicture(one: Attempt | null, other: Attempt | null): boolean {
  return one?.picture.id === other?.picture.id;
}
