import { useAppStore, useLiveSession } from "../../app-context";
import { useKeys } from "../../kit/keys/use-keys";
import { isLive } from "../../state/live-slice";
import { useFreeze } from "./use-freeze";

/** The camera's keys. `view` is the name of the view, as in the navigation. */
export function useCameraKeys(view: string): void {
  const live = useLiveSession();
  const store = useAppStore();
  const freeze = useFreeze();
  const turn = () => {
    if (isLive(store.getState())) live.stop();
    else void live.start();
  };
  const pause = () => {
    const { camera } = store.getState();
    if (camera.phase !== "on") return;
    if (camera.paused) live.resume();
    else live.pause();
  };
  const freezeNow = () => {
    if (store.getState().liveResult) freeze();
  };
  useKeys(
    [
      { keys: "C", does: "Turn the camera on or off", action: turn },
      { keys: "P", does: "Pause the camera, or go on", action: pause },
      { keys: "F", does: "Freeze the camera's frame", action: freezeNow },
    ],
    view,
  );
}
