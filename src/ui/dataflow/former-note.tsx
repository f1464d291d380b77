import { useAppState } from "../app-context";
import { shownDesign } from "../state/folding-slice";
import { isHeld } from "./model/out-of-date";
import type { Pipeline } from "./model/pipeline";

/** For pictures to be described by. */
export const formerNoteId = "dataflow-former";

/** Says that what stands below is the simulation before, and what becomes of it. */
export function FormerNote({ pipeline }: { readonly pipeline: Pipeline }) {
  const held = useAppState(isHeld);
  const playing = useAppState((state) => state.playing);
  const board = useAppState((state) => shownDesign(state)?.board);
  const former =
    board === pipeline.design.board ? "the folding before" : `the folding for the ${pipeline.design.board}`;
  const next = playing
    ? " It stands still until the new one is there, and plays on at the same place in the same frame."
    : " The new one takes its place at the same place in the same frame.";
  return (
    <p id={formerNoteId} className="dataflow__former" role="status" aria-label="What is shown">
      Shown below is still {former}.{held && next}
    </p>
  );
}
