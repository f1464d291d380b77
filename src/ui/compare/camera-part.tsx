import { useAppState } from "../app-context";
import { CameraButton } from "../classify/camera/camera-button";
import { CameraChoice } from "../classify/camera/camera-choice";
import { CameraStage } from "../classify/camera/camera-stage";
import { CameraStatus } from "../classify/camera/camera-status";
import { isLive } from "../state/live-slice";

/** The camera of which the frames are compared, in sight while it is on. */
export function CameraPart() {
  const isOn = useAppState(isLive);
  return (
    <section className="compare__camera" aria-labelledby="camera-heading">
      <h3 id="camera-heading" className="visually-hidden">
        Camera
      </h3>
      <div className="compare__camera-controls" data-not-on-paper>
        <CameraButton />
        <CameraChoice />
      </div>
      {isOn && (
        <div className="compare__video">
          <CameraStage />
        </div>
      )}
      <CameraStatus />
    </section>
  );
}
