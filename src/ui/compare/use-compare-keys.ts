import { useAppStore } from "../app-context";
import { useKeys } from "../kit/keys/use-keys";
import { stepInReplay } from "./step-in-replay";

/** Pause and replay by keys, in all of the view. */
export function useCompareKeys(): void {
  const store = useAppStore();
  const step = (by: 1 | -1) => {
    const { replayFrame } = store.getState();
    const number = stepInReplay(store.getState(), by);
    if (number !== null) replayFrame(number);
  };
  useKeys(
    [
      {
        keys: "Space",
        does: "Pause or resume",
        action: () => store.getState().setComparePaused(!store.getState().comparePaused),
      },
      { keys: ",", does: "Back to the frame before", action: () => step(-1), repeats: true },
      { keys: ".", does: "On to the next frame", action: () => step(1), repeats: true },
    ],
    "Compare",
  );
}
