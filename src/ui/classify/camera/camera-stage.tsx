import { useAppState } from "../../app-context";
import { CropFrame } from "../crop-frame";
import { Progress } from "../progress";
import { CameraVideo } from "./camera-video";
import "../photo-stage.css";
import "./camera-stage.css";

/** The camera on the photo's mat, with the part that the network sees framed. It is in the middle, mirrored or not. */
export function CameraStage() {
  const source = useAppState(({ liveResult }) => liveResult?.prepared.source ?? null);
  return (
    <div className="photo-stage">
      <CameraVideo />
      {source && <CropFrame source={source} />}
      <Progress />
      <p className="photo-stage__drop-hint" aria-hidden="true">
        Drop to classify
      </p>
    </div>
  );
}
