import { shownDesign } from "../../state/folding-slice";
import type { AppState } from "../../state/store";

/** Is the simulation on screen that of another design than the one in use? */
export function isOutOfDate(state: Pick<AppState, "streaming" | "folding">): boolean {
  return state.streaming !== null && state.streaming.design !== shownDesign(state);
}

/** Is it so for a while only, because the new one is under way? Playing is held then. */
export function isHeld(state: Pick<AppState, "streaming" | "folding" | "simulating">): boolean {
  return state.simulating !== null && isOutOfDate(state);
}
