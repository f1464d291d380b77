import { takesPhotos } from "../../inputs/takes-photos";
import { useAppState } from "../app-context";

/** Can photos be shown to the model in use? Null until it is there. */
export function useTakesPhotos(): boolean | null {
  return useAppState(
    ({ lastModel }) => lastModel && takesPhotos(lastModel.inputShape, lastModel.nodes[0]?.inputType ?? ""),
  );
}
