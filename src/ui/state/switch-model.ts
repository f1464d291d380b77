import type { OwnModel } from "../../models/own-model-store";
import type { LoadedModel } from "../../workers/emulator-api";
import type { AppState } from "./store";

/**
 * What the page knows once another model is in use: all that was of the one before, its results,
 * foldings, simulations and nodes, is gone, in one step, so that nothing mixes the two.
 */
export function switchedTo(ownModel: OwnModel | null, model: LoadedModel): Partial<AppState> {
  return {
    ownModel,
    model: { phase: "ready", model },
    lastModel: model,
    outcome: null,
    taps: null,
    tapping: null,
    node: null,
    channel: 0,
    pixel: null,
    folding: null,
    foldingBases: new Map(),
    otherFolding: null,
    foldingMessage: null,
    wantedFolding: null,
    streaming: null,
    fineTrace: null,
    simulating: null,
    streamingFailure: null,
    cycle: 0,
    playing: false,
    block: null,
    lensNodes: null,
    lensFailure: null,
    constants: new Map(),
    comparison: null,
    replayed: null,
  };
}
