import { StreamscopeError } from "../../graph/errors";
import type { Simulation } from "../../simulator/result";
import type { HardwareClient } from "../../workers/hardware-client";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import { modelSource } from "../state/own-model-slice";
import type { AppStore } from "../state/store";
import type { Streaming } from "../state/streaming-slice";
import { toFailure } from "./failure";

export interface StreamingSessionOptions {
  readonly client: Pick<HardwareClient, "load" | "simulate">;
  readonly store: AppStore;
  /** Absolute URL of the built-in package's manifest. */
  readonly manifestUrl: string;
  /** How long a design has to stand before it is simulated, in ms: edits often come several in a row. */
  readonly restMs?: number;
}

/** Keeps the simulation in the store in step with the design on screen. */
export interface StreamingSession {
  /**
   * From now on every design on screen is simulated, until the returned function is called. Several
   * may follow at once; the work stops with the last. What fails is told in `streamingFailure`.
   */
  follow(): () => void;
  /** Simulates the design on screen once more, after a failure. */
  retry(): void;
  /**
   * Gets the trace of the cycles from `from` to before `to`, a cycle a bin, into `fineTrace`. The
   * newest wins. Nothing happens while there is no simulation, or the trace is there already.
   */
  fine(from: number, to: number): Promise<void>;
}

/** So many frames are simulated first: enough to see several at once in the pipeline, and soon there. */
const firstFrames = 3;

export function createStreamingSession(options: StreamingSessionOptions): StreamingSession {
  const { client, store, manifestUrl, restMs = 200 } = options;
  let followers = 0;
  let following = new AbortController();
  let refining = new AbortController();
  let refinement: {
    readonly design: FoldedDesign;
    readonly from: number;
    readonly to: number;
    readonly done: Promise<void>;
  } | null = null;
  /** The design that is simulated, or has been. */
  let begun: FoldedDesign | null = null;

  /** Runs one call; if the worker is lost under it, starts it again and runs it once more. */
  async function call<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    // Costs nothing where the package is already loaded.
    const loaded = () => client.load(modelSource(store.getState(), manifestUrl), { signal });
    try {
      await loaded();
      return await work();
    } catch (error) {
      if (!(error instanceof StreamscopeError && error.code === "worker-lost")) throw error;
      await loaded();
      const result = await work();
      store.getState().notify("The simulation stopped unexpectedly and was started again. Nothing was lost.");
      return result;
    }
  }

  function update(): void {
    const design = shownDesign(store.getState());
    if (followers === 0 || design === begun) return;
    const first = begun === null;
    if (design) begin(design, first ? 0 : restMs);
    else giveUp();
  }

  /** The design is gone, as when another model is taken. */
  function giveUp(): void {
    following.abort();
    refining.abort();
    begun = null;
  }

  function begin(design: FoldedDesign, delayMs: number): void {
    following.abort();
    refining.abort();
    following = new AbortController();
    begun = design;
    void run(design, delayMs, following.signal);
  }

  /** A few frames first; then as many as it takes until the frames repeat, in their place. */
  async function run(design: FoldedDesign, delayMs: number, signal: AbortSignal): Promise<void> {
    const { setSimulating, setStreamingFailure } = store.getState();
    const { board, config } = design;
    const trace = { resolution: coarseResolution(design) };
    // Progress comes by another channel than the result, and may come after it.
    let over = false;
    const onProgress = (share: number) => {
      if (!over && !signal.aborted) setSimulating(share);
    };
    const show = (simulation: Simulation) => store.getState().setStreaming({ design, simulation });
    setSimulating(0);
    setStreamingFailure(null);
    try {
      if (delayMs > 0) await rest(delayMs, signal);
      const first = await call(signal, () =>
        client.simulate({ board, config, frames: firstFrames, trace }, { signal, onProgress }),
      );
      if (signal.aborted) return;
      // A link may ask for a cycle that only the longer simulation has.
      if (store.getState().cycle < first.cycles) show(first);
      const whole = await call(signal, () =>
        client.simulate({ board, config, frames: "until-steady", trace }, { signal, onProgress }),
      );
      if (!signal.aborted) show(whole);
    } catch (error) {
      if (!signal.aborted) setStreamingFailure(toFailure(error).message);
    } finally {
      over = true;
      if (following.signal === signal) setSimulating(null);
    }
  }

  async function fine(from: number, to: number): Promise<void> {
    const { streaming, fineTrace } = store.getState();
    if (!streaming) return;
    const { design, simulation } = streaming;
    const atHand = fineTrace?.design === design ? fineTrace.trace : null;
    const end = Math.min(to, simulation.cycles);
    if (atHand && atHand.from <= from && atHand.from + atHand.bins >= end) return;
    const asked = refinement;
    const isAsked = asked && asked.design === design && asked.from === from && asked.to === to;
    if (isAsked && !refining.signal.aborted) return asked.done;
    refining.abort();
    refining = new AbortController();
    const { signal } = refining;
    const done = refine(streaming, from, to, signal);
    refinement = { design, from, to, done };
    await done;
    if (refining.signal === signal) refinement = null;
  }

  async function refine(
    { design, simulation }: Streaming,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { board, config } = design;
    try {
      const frames = Math.max(1, simulation.frames.filter(({ firstIn }) => firstIn < to).length);
      const { trace } = await call(signal, () =>
        client.simulate({ board, config, frames, trace: { from, to, resolution: 1 } }, { signal }),
      );
      const isShown = store.getState().streaming?.design === design;
      if (!signal.aborted && isShown && trace) store.getState().setFineTrace({ design, trace });
    } catch (error) {
      if (!signal.aborted)
        store.getState().notify(`Single cycles cannot be shown. ${toFailure(error).message}`);
    }
  }

  const unsubscribe: (() => void)[] = [];
  return {
    follow: () => {
      if (followers++ === 0) unsubscribe.push(store.subscribe(update));
      update();
      let following = true;
      return () => {
        if (!following) return;
        following = false;
        if (--followers === 0) stop();
      };
    },
    retry: () => {
      const design = shownDesign(store.getState());
      if (design) begin(design, 0);
    },
    fine,
  };

  function stop(): void {
    unsubscribe.pop()?.();
    refining.abort();
    // What is under way is given up, and begun again when someone looks again.
    const { streaming, simulating } = store.getState();
    if (simulating !== null || streaming?.design !== begun) begun = null;
    following.abort();
    store.getState().setSimulating(null);
  }
}

/** Some hundred bins for what the slowest node takes for a frame. */
function coarseResolution({ report }: FoldedDesign): number {
  return Math.max(64, 2 ** Math.round(Math.log2(report.performance.maxCycles / 400)));
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new StreamscopeError("aborted", "Stopped."));
    });
  });
}
