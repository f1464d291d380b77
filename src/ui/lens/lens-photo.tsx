import { useAppState } from "../app-context";
import { Failures } from "../classify/failures";
import { PhotoChooser } from "../classify/photo-chooser";
import { SampleStrip } from "../classify/sample-strip";
import { useOpeningSample } from "../classify/use-opening-sample";

/** Whose numbers these are; without a photo, the ways to one. */
export function LensPhoto() {
  const wanted = useAppState((state) => state.wantedSample !== null);
  const name = useAppState((state) => state.attempt?.picture.name ?? state.outcome?.picture.name);
  return (
    <div className="lens__photo">
      {wanted && <WantedSample />}
      {name === undefined ? (
        !wanted && (
          <>
            <p>
              <strong>Choose a photo:</strong> the numbers are those that the network computes for it.
            </p>
            <SampleStrip />
            <PhotoChooser />
          </>
        )
      ) : (
        <details className="lens__details">
          <summary>Numbers of: {name}</summary>
          <SampleStrip />
        </details>
      )}
      <Failures />
    </div>
  );
}

/** Shows the sample that a link asks for. */
function WantedSample() {
  useOpeningSample();
  return null;
}
