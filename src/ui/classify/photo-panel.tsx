import { useAppState } from "../app-context";
import { isLive } from "../state/live-slice";
import { pictureOnStage } from "../state/picture-slice";
import { CameraButton } from "./camera/camera-button";
import { CameraControls } from "./camera/camera-controls";
import { CameraStage } from "./camera/camera-stage";
import { CameraStatus } from "./camera/camera-status";
import { LiveCaption } from "./camera/live-caption";
import { PhotoCaption } from "./photo-caption";
import { PhotoChooser } from "./photo-chooser";
import { PhotoStage } from "./photo-stage";
import { SampleStrip } from "./sample-strip";
import "./photo-panel.css";

/** The photo, or the camera, with its crop, where it is from, and the ways to another one. */
export function PhotoPanel() {
  const picture = useAppState(pictureOnStage);
  const outcome = useAppState((state) => state.outcome);
  const live = useAppState(isLive);
  const classification = outcome && outcome.picture.id === picture?.id ? outcome.classification : null;
  return (
    <section className="photo-panel" aria-labelledby="photo-heading">
      <h2 id="photo-heading" className="visually-hidden">
        Photo
      </h2>
      {live ? (
        <>
          <figure>
            <CameraStage />
            <LiveCaption />
          </figure>
          <CameraControls />
        </>
      ) : (
        <figure>
          <PhotoStage picture={picture} source={classification?.source ?? null} />
          <PhotoCaption picture={picture} classification={classification} />
        </figure>
      )}
      <CameraStatus />
      <PhotoChooser>
        <CameraButton />
      </PhotoChooser>
      <SampleStrip />
    </section>
  );
}
