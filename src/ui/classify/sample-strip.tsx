import { Button } from "react-aria-components/Button";
import { useAppState, useSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { samplePicture } from "../session/picture";
import { pictureOnStage } from "../state/picture-slice";
import { useSamples } from "./use-samples";
import "./sample-strip.css";

/** The photos that come with the app. */
export function SampleStrip() {
  const session = useSession();
  const { samples, failure, retry } = useSamples();
  const shown = useAppState(pictureOnStage)?.sample?.file;
  if (failure) {
    return (
      <p role="alert" className="sample-strip__failure">
        {failure} <ActionButton onPress={retry}>Load the samples again</ActionButton>
      </p>
    );
  }
  return (
    <ul className="sample-strip" aria-label="Sample photos">
      {samples.map((sample) => (
        <li key={sample.file}>
          <Button
            className="sample-strip__sample"
            aria-current={sample.file === shown}
            aria-label={sample.title}
            onPress={() => void session.show(samplePicture(sample))}
          >
            <img src={sample.thumbUrl} alt="" title={sample.title} loading="lazy" decoding="async" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
