import { useEffect, useRef } from "react";
import { Button } from "react-aria-components/Button";
import type { Sample } from "../../inputs/samples";
import { useAppState, useSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { samplePicture } from "../session/picture";
import { isLive } from "../state/live-slice";
import { pictureOnStage } from "../state/picture-slice";
import { useSamples } from "./use-samples";
import "./sample-strip.css";

/** The photos that come with the app. */
export function SampleStrip() {
  const { samples, failure, retry } = useSamples();
  const shown = useAppState((state) => (isLive(state) ? undefined : pictureOnStage(state)?.sample?.file));
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
          <SampleButton sample={sample} isShown={sample.file === shown} />
        </li>
      ))}
    </ul>
  );
}

interface SampleButtonProps {
  readonly sample: Sample;
  readonly isShown: boolean;
}

function SampleButton({ sample, isShown }: SampleButtonProps) {
  const session = useSession();
  const button = useRef<HTMLButtonElement>(null);

  // A link may show a sample that the strip would have to be scrolled to.
  useEffect(() => {
    const strip = button.current?.closest("ul");
    const item = button.current?.parentElement;
    if (isShown && strip && item)
      strip.scrollLeft = item.offsetLeft - (strip.clientWidth - item.offsetWidth) / 2;
  }, [isShown]);

  return (
    <Button
      ref={button}
      className="sample-strip__sample"
      aria-current={isShown}
      aria-label={sample.title}
      onPress={() => void session.show(samplePicture(sample))}
    >
      <img src={sample.thumbUrl} alt="" title={sample.title} loading="lazy" decoding="async" />
    </Button>
  );
}
