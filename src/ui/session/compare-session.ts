import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { QueryClient } from "@tanstack/react-query";
import type { EndpointFault, EndpointInfo, RemoteClient, RemoteResult } from "../../remote/endpoint";
import type { LoadedModel, NetworkRun, PreparedInput } from "../../workers/emulator-api";
import { boundParameters } from "../compare/model/bound-parameters";
import {
  type Comparison,
  type ComparisonSetup,
  isSameSetup,
  judged,
  newComparison,
  withFrame,
  withUnanswered,
} from "../compare/model/comparison";
import { withMismatch } from "../compare/model/mismatches";
import { paced } from "../compare/model/pace";
import { splitLatency } from "../compare/model/remote-latency";
import type { EngineInfo } from "../engine-types";
import { type ComparePace, comparedEntry, noPace } from "../state/compare-slice";
import type { EndpointEntry } from "../state/endpoints-slice";
import { cameraSituation } from "../state/live-slice";
import type { AppState, AppStore } from "../state/store";
import { type EndpointFailure, modelNeeds, toEndpointFailure } from "./endpoint-queries";
import { type EndpointWatch, watchEndpoint } from "./endpoint-watch";
import { framePatience } from "./frame-patience";
import type { FrameListener, LiveFrame } from "./live-frame";
import { newestWins } from "./newest-wins";
import type { Session } from "./session";

export interface CompareSessionOptions {
  readonly store: AppStore;
  readonly session: Pick<Session, "run">;
  readonly remote: RemoteClient;
  readonly queries: QueryClient;
  /** The camera's frames. */
  readonly live: { listen(listener: FrameListener): () => void };
}

/** Gives the same bytes to the emulator and to an endpoint, and keeps what both say in the store. */
export interface CompareSession {
  /**
   * Compares while somebody looks: the photo on screen when it is new, or the camera's frames as
   * they come. An endpoint that dies is said so and taken up again when it is back. Returns the way
   * to stop, which leaves what was compared.
   */
  watch(): () => void;
  /** The photo on screen once more through both. */
  again(): void;
}

/** A frame on its way to both sides. */
interface Offer {
  readonly number: number;
  readonly photo: string | null;
  readonly takenAt: number;
  readonly model: LoadedModel;
  readonly input: Uint8Array;
  readonly prepareMs: number;
  readonly run: Promise<Pick<NetworkRun, "top" | "runMs" | "engine">>;
}

const passingFaults: ReadonlySet<EndpointFault | null> = new Set([
  "unreachable",
  "broke-off",
  "timed-out",
  "not-ready",
  "overloaded",
]);

/** A proxy's words for an endpoint that starts again behind it: bad gateway, gateway timeout. */
const passingStatuses: ReadonlySet<number | null> = new Set([502, 504]);

/** May it be over by itself? The photo is then sent again. */
function isPassing({ fault, status }: EndpointFailure): boolean {
  return passingFaults.has(fault) || (fault === "server-error" && passingStatuses.has(status));
}

const photoTimeoutMs = 15_000;
/** A frame of the camera is soon old. */
const frameTimeoutMs = 5_000;
/** The camera's next frame waits so long for an endpoint's answer. */
const frameWaitMs = 1_000;

const begunAnew =
  "Compare: the endpoint, its version, the model or the engine is another now, so a new comparison has begun. The differing frames of the one before are kept.";

export function createCompareSession(options: CompareSessionOptions): CompareSession {
  const { store, session, live } = options;
  let working = new AbortController();
  let endpoint: {
    readonly key: string;
    readonly entry: EndpointEntry;
    readonly watch: EndpointWatch;
  } | null = null;
  let stopListening: (() => void) | null = null;
  let offered = 0;
  /** The attempt whose photo was compared, or cannot be. */
  let photoDone: number | null = null;

  /** What may keep the camera's frames from coming, when it was last looked at. */
  let interruptions = "";

  const lane = newestWins(ask);
  const patience = framePatience(frameWaitMs, (endpointLate) => store.setState({ endpointLate }));

  function watch(): () => void {
    working = new AbortController();
    reconcile(store.getState());
    const unsubscribe = store.subscribe(reconcile);
    return () => {
      unsubscribe();
      working.abort();
      lane.clear();
      patience.reset();
      endpoint?.watch.stop();
      endpoint = null;
      stopListening?.();
      stopListening = null;
      store.setState({ asking: false, askFailure: null, comparePace: noPace });
    };
  }

  function again(): void {
    const { outcome, lastModel } = store.getState();
    if (!outcome || !lastModel || !usable()) return;
    const { classification, picture, attempt } = outcome;
    photoDone = attempt;
    const run = session.run(classification.input, working.signal);
    offerPhoto(lastModel, picture.name, classification, run);
  }

  /** Brings what is watched and listened to in line with what the user wants. */
  function reconcile(state: AppState): void {
    watchChosen(comparedEntry(state), state.lastModel);
    noteInterruption(state);
    const wantsFrames = state.compareSource === "camera" && !state.comparePaused;
    if (wantsFrames && !stopListening) stopListening = live.listen(hear);
    if (!wantsFrames && stopListening) {
      stopListening();
      stopListening = null;
      lane.clear();
      store.setState({ comparePace: noPace });
    }
    compareNewPhoto();
  }

  /** Time in which no frame can come belongs to no frame, and another engine has another rate. */
  function noteInterruption(state: AppState): void {
    const { lastModel, model } = state;
    const engine = lastModel && [lastModel.checksum, lastModel.engine.label];
    const now = JSON.stringify([cameraSituation(state), state.camera.phase, model.phase, engine]);
    if (now === interruptions) return;
    interruptions = now;
    store.setState({ comparePace: noPace });
  }

  /** The endpoint's rate begins anew. */
  function interruptEndpoint(): void {
    const { comparePace } = store.getState();
    if (comparePace.endpoint.length > 0) store.setState({ comparePace: { ...comparePace, endpoint: [] } });
  }

  function watchChosen(entry: EndpointEntry | null, model: LoadedModel | null): void {
    const key =
      entry?.allowed && model ? `${entry.id} ${entry.tokenNumber} ${model.checksum} ${model.name}` : null;
    if (key === (endpoint?.key ?? null)) return;
    if (endpoint) {
      endpoint.watch.stop();
      endpoint = null;
      // An answer of the one before is no answer of this one.
      working.abort();
      working = new AbortController();
      patience.reset();
      photoDone = null;
    }
    if (key !== null && entry && model) {
      const { queries, remote } = options;
      const needs = modelNeeds(model);
      endpoint = {
        key,
        entry,
        watch: watchEndpoint({ queries, remote, entry, needs, onChange: onEndpointChange }),
      };
    }
    interruptEndpoint();
    store.setState({ askFailure: null });
  }

  const usable = (): EndpointInfo | null => endpoint?.watch.info() ?? null;

  function onEndpointChange(): void {
    if (!usable()) interruptEndpoint();
    compareNewPhoto();
  }

  function compareNewPhoto(): void {
    const { compareSource, comparePaused, asking, outcome, lastModel } = store.getState();
    if (compareSource !== "photo" || comparePaused || asking || !outcome || !lastModel || !usable()) return;
    if (outcome.attempt === photoDone) return;
    photoDone = outcome.attempt;
    const { classification, picture } = outcome;
    offerPhoto(lastModel, picture.name, classification, Promise.resolve(classification));
  }

  function offerPhoto(
    model: LoadedModel,
    photo: string,
    { input, prepareMs }: PreparedInput,
    run: Offer["run"],
  ): void {
    void lane.offer({ ...nextOffer(model, input, prepareMs, run), photo });
  }

  function hear({ prepared, run }: LiveFrame): Promise<void> | undefined {
    const { lastModel, aligned, askFailure } = store.getState();
    void run.then(
      () => pace("emulator"),
      () => {},
    );
    if (!lastModel || !usable()) return undefined;
    const answered = lane.offer({
      ...nextOffer(lastModel, prepared.input, prepared.prepareMs, run),
      photo: null,
    });
    // For one that failed, and has not answered since, nothing waits.
    return aligned && !askFailure ? patience.hold(answered) : undefined;
  }

  function nextOffer(model: LoadedModel, input: Uint8Array, prepareMs: number, run: Offer["run"]) {
    // Without this, a run that fails before the endpoint answers would count as unheard.
    run.catch(() => {});
    offered += 1;
    return { number: offered, takenAt: Date.now(), model, input, prepareMs, run };
  }

  /** Never rejects: what goes wrong is in the store. */
  async function ask(offer: Offer): Promise<void> {
    const info = usable();
    if (!endpoint || !info) return;
    const { entry, watch } = endpoint;
    const { signal } = working;
    const { name, checksum } = offer.model;
    const setupOn = (engine: EngineInfo): ComparisonSetup => ({
      model: { name, checksum, engine },
      endpoint: { address: entry.address, info },
    });
    const timeoutMs = offer.photo === null ? frameTimeoutMs : photoTimeoutMs;
    store.setState({ asking: true });
    if (offer.photo === null) patience.begin();
    try {
      const { address, token } = entry;
      const request = options.remote.infer({ address, token }, info, [offer.input], { signal, timeoutMs });
      const answer = await request;
      patience.end();
      if (signal.aborted) return;
      watch.trust();
      store.setState({ askFailure: null });
      if (offer.photo === null) pace("endpoint");
      const run = await offer.run.catch(() => null);
      // What the emulator could not do is told where it is done.
      if (run && !signal.aborted) record(setupOn(run.engine), offer, run, answer);
    } catch (error) {
      if (signal.aborted) {
        if (offer.photo !== null) photoDone = null;
        return;
      }
      const failure = toEndpointFailure(error);
      const { number, takenAt } = offer;
      change(setupOn(offer.model.engine), (comparison) =>
        withUnanswered(comparison, { number, takenAt, ...failure }),
      );
      store.setState({ askFailure: failure });
      interruptEndpoint();
      if (offer.photo !== null && isPassing(failure)) photoDone = null;
      watch.suspect();
    } finally {
      patience.end();
      store.setState({ asking: false });
    }
  }

  function record(
    setup: ComparisonSetup,
    offer: Offer,
    run: Awaited<Offer["run"]>,
    { top, timeMs, parameters }: RemoteResult,
  ): void {
    const { number, photo, takenAt, input, prepareMs } = offer;
    const frame = judged({
      setup,
      number,
      photo,
      takenAt,
      input,
      inputSha256: bytesToHex(sha256(input)),
      emulator: { top: run.top, prepareMs, runMs: run.runMs },
      endpoint: { top: top[0] ?? [], latency: splitLatency(timeMs), ...boundParameters(parameters) },
    });
    change(setup, (comparison) => withFrame(comparison, frame));
    store.setState(({ mismatches }) => ({ mismatches: withMismatch(mismatches, frame) }));
  }

  /** Changes the comparison of this setup; another setup begins a new one, and the user is told. */
  function change(setup: ComparisonSetup, next: (comparison: Comparison) => Comparison): void {
    const { comparison } = store.getState();
    if (comparison && isSameSetup(comparison.setup, setup)) store.setState({ comparison: next(comparison) });
    else {
      store.setState({ comparison: next(newComparison(setup, Date.now())), replayed: null });
      if (comparison && comparison.counts.compared > 0) store.getState().notify(begunAnew);
    }
  }

  function pace(side: keyof ComparePace): void {
    store.setState(({ comparePace }) => ({
      comparePace: {
        ...comparePace,
        [side]: paced(comparePace[side], performance.now()),
      },
    }));
  }

  return { watch, again };
}
