import { useAppState, useLiveSession } from "../../app-context";
import { ActionButton } from "../../kit/action-button";
import { isLive } from "../../state/live-slice";
import { pictureOnStage } from "../../state/picture-slice";

/** Turns the camera on and off; one button, so that the focus stays where it is. */
export function CameraButton() {
  const live = useLiveSession();
  const on = useAppState(isLive);
  const isFrozen = useAppState(
    (state) => state.frozenPicture !== null && pictureOnStage(state)?.id === state.frozenPicture,
  );
  if (on) return <ActionButton onPress={() => live.stop()}>Turn the camera off</ActionButton>;
  return (
    <ActionButton onPress={() => void live.start()}>
      {isFrozen ? "Go on with the camera" : "Use the camera"}
    </ActionButton>
  );
}
