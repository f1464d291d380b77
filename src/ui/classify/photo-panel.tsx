import { useAppState } from "../app-context";
import { pictureOnStage } from "../state/picture-slice";
import { PhotoCaption } from "./photo-caption";
import { PhotoChooser } from "./photo-chooser";
import { PhotoStage } from "./photo-stage";
import { SampleStrip } from "./sample-strip";
import "./photo-panel.css";

/** The photo with its crop, where it is from, and the ways to another one. */
export function PhotoPanel() {
  const picture = useAppState(pictureOnStage);
  const outcome = useAppState((state) => state.outcome);
  const classification = outcome && outcome.picture.id === picture?.id ? outcome.classification : null;
  return (
    <section className="photo-panel" aria-labelledby="photo-heading">
      <h2 id="photo-heading" className="visually-hidden">
        Photo
      </h2>
      <figure>
        <PhotoStage picture={picture} source={classification?.source ?? null} />
        <PhotoCaption picture={picture} classification={classification} />
      </figure>
      <PhotoChooser />
      <SampleStrip />
    </section>
  );
}
