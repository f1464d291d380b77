import { StreamscopeError } from "../../graph/errors";
import type { Simulation } from "../../simulator/result";
import { isLargeTrace } from "../../simulator/trace-size";
import type { SimulateRequest } from "../../workers/hardware-api";
import type { HardwareClient } from "../../workers/hardware-client";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import type { Streaming } from "../state/streaming-slice";
import { toFailure } from "./failure";
import { createHardwareCalls, type HardwareCallsOptions } from "./hardware-calls";
import { samePlace } from "./same-place";

export interface StreamingSessionOptions
  extends HardwareCallsOptions<Pick<HardwareClient, "load" | "simulate">> {
  /** How long a design has to stand before it is simulated, in ms: edits often come several in a row. */
  readonly restMs?: number;
}

/** Keeps the simulation in the store in step with the design on screen. */
export interface StreamingSession {
  /**
   * From now on every design on screen is simulated, until the returned function is called. Several
   * may follow at once; when the last has gone, what is under way is finished and nothing is begun.
   * What fails is told in `streamingFailure`.
   *
   * The new simulation is shown at the same place in the same frame as the one before it, unless a
   * link brought the design, whose cycle is meant for it. A trace that would be too large is recorded
   * with coarser bins.
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
  const { store, restMs = 200 } = options;
  const call = createHardwareCalls(options);
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
  /** The design that a link brought, with a cycle of its own. */
  let linked: FoldedDesign | null = null;
  /** The design whose simulation is there until its frames repeat. */
  let complete: FoldedDesign | null = null;

  function update(): void {
    const design = shownDesign(store.getState());
    if (design === begun) return;
    const first = begun === null;
    if (!design || followers === 0) giveUp();
    else if (design === complete && design === store.getState().streaming?.design) keep(design);
    else begin(design, first ? 0 : restMs);
  }

  /** The design is gone, as when another model is taken. */
  function giveUp(): void {
    following.abort();
    refining.abort();
    begun = null;
  }

  /** Back at the design that is still on screen, as by undoing before the next one was simulated. */
  function keep(design: FoldedDesign): void {
    giveUp();
    begun = design;
    store.getState().setSimulating(null);
    store.getState().setStreamingFailure(null);
  }

  function begin(design: FoldedDesign, delayMs: number): void {
    giveUp();
    following = new AbortController();
    begun = design;
    if (store.getState().wantedFolding) linked = design;
    void run(design, delayMs, following.signal);
  }

  /** A few frames first; then as many as it takes until the frames repeat, in their place. */
  async function run(design: FoldedDesign, delayMs: number, signal: AbortSignal): Promise<void> {
    const { setSimulating, setStreamingFailure } = store.getState();
    // Progress comes by another channel than the result, and may come after it.
    let over = false;
    // In whole percents: every step is drawn, and the simulator tells of many more.
    const onProgress = (share: number) => {
      const percent = Math.floor(share * 100) / 100;
      if (!over && !signal.aborted && percent !== store.getState().simulating) setSimulating(percent);
    };
    const recorder = recorderOf(design, signal, onProgress);
    /** Shows it where one was; what is not `whole` only if it is long enough for that. */
    const show = (simulation: Simulation, whole: boolean) => {
      const { streaming, cycle, setStreaming } = store.getState();
      const follows = streaming && streaming.design !== design && linked !== design;
      const place = follows ? samePlace(cycle, streaming.simulation, simulation) : cycle;
      if (!whole && (place === null || place >= simulation.cycles)) return;
      setStreaming({ design, simulation }, place ?? simulation.frames.at(-1)?.firstIn);
    };
    setSimulating(0);
    setStreamingFailure(null);
    try {
      if (delayMs > 0) await rest(delayMs, signal);
      const first = await recorder(firstFrames);
      if (signal.aborted) return;
      show(first, false);
      const whole = await recorder("until-steady");
      if (signal.aborted) return;
      complete = design;
      show(whole, true);
    } catch (error) {
      const { code, message } = toFailure(error);
      if (!signal.aborted && code !== "aborted") setStreamingFailure(message);
    } finally {
      over = true;
      if (following.signal === signal) setSimulating(null);
    }
  }

  /** Simulates a design with a trace of all its cycles, with coarser bins from the first trace on that is refused as too large. */
  function recorderOf(design: FoldedDesign, signal: AbortSignal, onProgress: (share: number) => void) {
    const { board, config } = design;
    let resolution = coarseResolution(design);
    return async (frames: NonNullable<SimulateRequest["frames"]>): Promise<Simulation> => {
      for (;;) {
        const request = { board, config, frames, trace: { resolution } };
        try {
          return await call({ signal }, (client) => client.simulate(request, { signal, onProgress }));
        } catch (error) {
          if (!isLargeTrace(error)) throw error;
          resolution *= 4;
          store
            .getState()
            .notify("A trace of every step would be too large here: the pictures show more cycles as one.");
        }
      }
    };
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
      const request = { board, config, frames, trace: { from, to, resolution: 1 } };
      const { trace } = await call({ signal }, (client) => client.simulate(request, { signal }));
      const isShown = store.getState().streaming?.design === design;
      if (!signal.aborted && isShown && trace) store.getState().setFineTrace({ design, trace });
    } catch (error) {
      const { code, message } = toFailure(error);
      if (!signal.aborted && code !== "aborted")
        store.getState().notify(`Single cycles cannot be shown. ${message}`);
    }
  }

  // Also while nobody follows: what is under way for a design that is gone is given up.
  store.subscribe(update);
  return {
    follow: () => {
      followers++;
      update();
      let following = true;
      return () => {
        if (!following) return;
        following = false;
        // What is under way is brought to its end: who looks elsewhere for a moment comes back to it.
        if (--followers === 0) refining.abort();
      };
    },
    retry: () => {
      const design = shownDesign(store.getState());
      if (design) begin(design, 0);
    },
    fine,
  };
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
