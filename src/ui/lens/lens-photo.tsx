import { useAppState } from "../app-context";
import { Failures } from "../classify/failures";
import { PhotoChooser } from "../classify/photo-chooser";
import { SampleStrip } from "../classify/sample-strip";
import { useOpeningSample } from "../classify/use-opening-sample";
import { useSamples } from "../classify/use-samples";
import { useTakesPhotos } from "../classify/use-takes-photos";

/** Whose numbers these are, and the ways to those of another photo. */
export function LensPhoto() {
  const takesPhotos = useTakesPhotos();
  const { failure } = useSamples();
  const name = useAppState((state) => state.attempt?.picture.name ?? state.outcome?.picture.name);
  useOpeningSample(takesPhotos === true);
  return (
    <div className="lens__photo">
      {takesPhotos === false ? (
        <p>This network takes no photos, so there are no numbers to show.</p>
      ) : name !== undefined ? (
        <details className="lens__details">
          <summary>Numbers of: {name}</summary>
          <SampleStrip />
        </details>
      ) : (
        failure && (
          <>
            <SampleStrip />
            <PhotoChooser />
          </>
        )
      )}
      <Failures />
    </div>
  );
}
