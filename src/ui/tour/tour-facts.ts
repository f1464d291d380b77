import type { Folded } from "../../hardware/model";
import type { LoadedModel } from "../../workers/emulator-api";
import { type Pipeline, pipelineOf } from "../dataflow/model/pipeline";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import type { PictureState } from "../state/picture-slice";
import type { AppState } from "../state/store";

/** What the steps' figures come from. All of it belongs to the design on screen. */
export interface TourFacts {
  readonly design: FoldedDesign | null;
  /** Simulated to its end; null until then. */
  readonly pipeline: Pipeline | null;
  /** Nodes of the block under the lens; empty until they are there. */
  readonly lensNodes: readonly Folded[];
  readonly outcome: PictureState["outcome"];
  /** In use in all views; null until it is loaded. */
  readonly model: LoadedModel | null;
  /** What computed the outcome, in words. */
  readonly engine: string | null;
}

/** The parts of the state that the facts come from. */
export type FactSources = Pick<
  AppState,
  "folding" | "streaming" | "simulating" | "lensNodes" | "outcome" | "lastModel"
>;

export const factSources = (state: AppState): FactSources => {
  const { folding, streaming, simulating, lensNodes, outcome, lastModel } = state;
  return { folding, streaming, simulating, lensNodes, outcome, lastModel };
};

export function factsOf(sources: FactSources): TourFacts {
  const { streaming, simulating, lensNodes, outcome, lastModel } = sources;
  const design = shownDesign(sources);
  const isSettled = streaming !== null && streaming.design === design && simulating === null;
  return {
    design,
    pipeline: isSettled ? pipelineOf(streaming.design, streaming.simulation) : null,
    lensNodes: lensNodes && lensNodes.design === design ? lensNodes.nodes : [],
    outcome,
    model: lastModel,
    engine: lastModel?.engine.label ?? null,
  };
}
