import { useEffect } from "react";
import { useAppState, useAppStore } from "../app-context";
import { CameraButton } from "../classify/camera/camera-button";
import { CameraControls } from "../classify/camera/camera-controls";
import { CameraStage } from "../classify/camera/camera-stage";
import { CameraStatus } from "../classify/camera/camera-status";
import { useCameraKeys } from "../classify/camera/use-camera-keys";
import { isLive } from "../state/live-slice";

/** The camera of which the frames are compared, in sight while it is on. */
export function CameraPart() {
  const isOn = useAppState(isLive);
  useCameraKeys("Compare");
  useFrozenAsPhoto();
  return (
    <section className="compare__camera" aria-labelledby="camera-heading">
      <h3 id="camera-heading" className="visually-hidden">
        Camera
      </h3>
      <div className="compare__camera-controls" data-not-on-paper>
        <CameraButton />
      </div>
      {isOn && (
        <>
          <div className="compare__video">
            <CameraStage />
          </div>
          <CameraControls />
        </>
      )}
      <CameraStatus />
    </section>
  );
}

/** A frame that the user freezes is a photo from then on, and is compared as one. */
function useFrozenAsPhoto(): void {
  const store = useAppStore();
  useEffect(
    () =>
      store.subscribe(({ outcome, frozenPicture, camera, setCompareSource }, before) => {
        const isNew = outcome !== null && outcome.picture.id !== before.outcome?.picture.id;
        // What is left of a camera that failed stays beside the reason.
        if (isNew && outcome.picture.id === frozenPicture && camera.phase === "off")
          setCompareSource("photo");
      }),
    [store],
  );
}
