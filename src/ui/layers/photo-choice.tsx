import { useAppState } from "../app-context";
import { Failures } from "../classify/failures";
import { PhotoChooser } from "../classify/photo-chooser";
import { SampleStrip } from "../classify/sample-strip";
import { useOpeningSample } from "../classify/use-opening-sample";
import "./photo-choice.css";

/** The ways to a photo; without one there is nothing to see, and it says so. */
export function PhotoChoice() {
  const wanted = useAppState((state) => state.wantedSample !== null);
  const none = useAppState((state) => state.attempt === null && state.outcome === null);
  return (
    <section className="photo-choice" aria-labelledby="photo-choice-heading">
      <h3 id="photo-choice-heading" className="visually-hidden">
        Photo
      </h3>
      {wanted && <WantedSample />}
      {none && !wanted && (
        <p className="photo-choice__none">
          <strong>Choose a photo to see its feature maps.</strong> Weights and thresholds are there without
          one.
        </p>
      )}
      <SampleStrip />
      {none && <PhotoChooser />}
      <Failures />
    </section>
  );
}

/** Shows the sample that a link asks for. */
function WantedSample() {
  useOpeningSample();
  return null;
}
