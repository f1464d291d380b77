import { useEffect } from "react";
import { useAppState, useSession } from "../app-context";
import { sampleName, samplePicture } from "../session/picture";
import { useSamples } from "./use-samples";

/**
 * Shows the sample that a link asks for; without one the first, so that a result is there with no click.
 * @param opens false: only what a link asks for
 */
export function useOpeningSample(opens = true): void {
  const session = useSession();
  const { samples } = useSamples();
  const wanted = useAppState((state) => state.wantedSample);
  const setWanted = useAppState((state) => state.setWantedSample);
  const notify = useAppState((state) => state.notify);
  const untouched = useAppState((state) => state.attempt === null);
  const mayOpen = opens && untouched;

  useEffect(() => {
    const [first] = samples;
    if (!first || (!wanted && !mayOpen)) return;
    const found = samples.find((sample) => sampleName(sample) === wanted);
    if (wanted && !found) notify(`The link asks for sample "${wanted}", which is not there.`);
    if (found || mayOpen) void session.show(samplePicture(found ?? first));
    setWanted(null);
  }, [samples, wanted, mayOpen, session, setWanted, notify]);
}
