import { Group } from "react-aria-components/Group";
import { useAppState, useLiveSession } from "../../app-context";
import { ActionButton } from "../../kit/action-button";
import { isMirrored } from "../../state/live-slice";
import { CameraChoice } from "./camera-choice";
import { useFreeze } from "./use-freeze";
import "./camera-controls.css";

/** What can be done with a camera that is on. */
export function CameraControls() {
  const live = useLiveSession();
  const isOn = useAppState(({ camera }) => camera.phase === "on");
  const isPaused = useAppState(({ camera }) => camera.phase === "on" && camera.paused);
  const hasResult = useAppState(({ liveResult }) => liveResult !== null);
  const mirrored = useAppState(isMirrored);
  const setMirror = useAppState((state) => state.setMirror);
  const freeze = useFreeze();
  return (
    <Group className="camera-controls" aria-label="Camera" data-not-on-paper>
      <ActionButton isDisabled={!hasResult} onPress={freeze}>
        Freeze
      </ActionButton>
      <ActionButton isDisabled={!isOn} onPress={() => (isPaused ? live.resume() : live.pause())}>
        {isPaused ? "Go on" : "Pause the camera"}
      </ActionButton>
      <label className="camera-controls__mirror">
        <input type="checkbox" checked={mirrored} onChange={({ target }) => setMirror(target.checked)} />
        Mirror
      </label>
      <CameraChoice />
    </Group>
  );
}
