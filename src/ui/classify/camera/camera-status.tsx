import { cameraAdvice } from "../../../inputs/camera-situation";
import { useAppState, useLiveSession } from "../../app-context";
import { ActionButton } from "../../kit/action-button";
import { cameraSituation } from "../../state/live-slice";
import { WayOutButton } from "./way-out-button";
import "./camera-status.css";

/** Why no new frame is shown, and what helps. The region is always there, so that screen readers hear what comes into it. */
export function CameraStatus() {
  const live = useLiveSession();
  const situation = useAppState(cameraSituation);
  const isFault = useAppState(({ camera }) => camera.phase === "failed");
  const failure = useAppState(({ camera }) => (camera.phase === "on" ? camera.failure : null));
  return (
    <div role="status" aria-label="Camera" className="camera-status" data-not-on-paper>
      {failure && (
        <div className="camera-status__message" data-fault>
          <p>{failure.message}</p>
          <ActionButton onPress={() => live.resume()}>Try again</ActionButton>
        </div>
      )}
      {situation && !failure && (
        <div className="camera-status__message" data-fault={isFault || undefined}>
          <p>{cameraAdvice[situation].sentence}</p>
          {cameraAdvice[situation].waysOut.map((way) => (
            <WayOutButton key={way} way={way} />
          ))}
        </div>
      )}
    </div>
  );
}
