import type { FoldingEdit } from "../../hardware/edit-folding";
import type { AppState } from "../state/store";
import type { ViewId } from "../views";
import type { TourFacts } from "./tour-facts";

/** What the tour sets of what the user looks at. */
export type Looks = Pick<AppState, "view" | "node" | "channel" | "block" | "cycle" | "playing" | "speed">;

/** One step of the guided tour: a few sentences, and the views made to show what they say. */
export interface TourStep {
  readonly title: string;
  readonly view: ViewId;
  /** What must be there before the step is wholly on screen. */
  readonly needs: "nothing" | "design" | "simulation";
  /** What to look at in the view, as far as the facts allow to say. */
  looks(facts: TourFacts): Partial<Looks>;
  /** What the step is about. */
  target(facts: TourFacts): TourTarget;
  /** Whole sentences. Every figure in them is of the design on screen. */
  text(facts: TourFacts): string;
  readonly trial: TourTrial;
}

export interface TourTarget {
  /** A CSS selector within the view. */
  readonly selector: string;
  /** As it goes on from "Go to". */
  readonly name: string;
}

/** Something to try. */
export interface TourTrial {
  text(facts: TourFacts): string;
  /** Has it been done since the state in which the step was entered? */
  isDone(now: AppState, entry: AppState): boolean;
  /** What then is to be seen, where that can be said in a sentence. */
  result?(facts: TourFacts): string;
  /** For an edit of the folding: the tour can do it for the user, and takes it back. */
  edit?(facts: TourFacts): FoldingEdit | null;
}
