import { PipelineStrip } from "../pipeline/pipeline-strip";
import { Announcer } from "./announcer";
import { LiveAnnouncer } from "./camera/live-announcer";
import { useCameraKeys } from "./camera/use-camera-keys";
import { DropTarget } from "./drop-target";
import { PhotoPanel } from "./photo-panel";
import { ResultPanel } from "./result-panel";
import { useOpeningSample } from "./use-opening-sample";
import { usePaste } from "./use-paste";
import "./classify-view.css";

/** The first screen: a photo, its five best classes, what it took, and the pipeline that did it. */
export function ClassifyView() {
  useOpeningSample();
  usePaste();
  useCameraKeys("Classify");
  return (
    <DropTarget>
      <div className="classify">
        <PhotoPanel />
        <ResultPanel />
        <PipelineStrip />
      </div>
      <Announcer />
      <LiveAnnouncer />
    </DropTarget>
  );
}
