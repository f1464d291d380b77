import { useAppState } from "../app-context";
import { Failures } from "../classify/failures";
import { PhotoChooser } from "../classify/photo-chooser";
import { SampleStrip } from "../classify/sample-strip";
import { useOpeningSample } from "../classify/use-opening-sample";
import { useSamples } from "../classify/use-samples";
import { useTakesPhotos } from "../classify/use-takes-photos";
import "./photo-choice.css";

/** The ways to a photo; a network that takes none says so. */
export function PhotoChoice() {
  const takesPhotos = useTakesPhotos();
  const { failure } = useSamples();
  const none = useAppState((state) => state.attempt === null && state.outcome === null);
  useOpeningSample(takesPhotos === true);
  return (
    <section className="photo-choice" aria-labelledby="photo-choice-heading">
      <h3 id="photo-choice-heading" className="visually-hidden">
        Photo
      </h3>
      {takesPhotos === false ? (
        <p>
          <strong>This network takes no photos, so there are no feature maps.</strong> Weights and thresholds
          are there without one.
        </p>
      ) : (
        <SampleStrip />
      )}
      {none && failure && <PhotoChooser />}
      <Failures />
    </section>
  );
}
