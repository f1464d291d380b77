import { useEffect } from "react";
import { useAppState, useSession } from "../app-context";
import { sampleName, samplePicture } from "../session/picture";
import { useSamples } from "./use-samples";

/** Shows the sample that a link asks for; without one the first, so that a result is there with no click. */
export function useOpeningSample(): void {
  const session = useSession();
  const { samples } = useSamples();
  const wanted = useAppState((state) => state.wantedSample);
  const setWanted = useAppState((state) => state.setWantedSample);
  const notify = useAppState((state) => state.notify);
  const untouched = useAppState((state) => state.attempt === null);

  useEffect(() => {
    const [first] = samples;
    if (!first || (!wanted && !untouched)) return;
    const found = samples.find((sample) => sampleName(sample) === wanted);
    if (wanted && !found) notify(`The link asks for sample "${wanted}", which is not there.`);
    if (found || untouched) void session.show(samplePicture(found ?? first));
    setWanted(null);
  }, [samples, wanted, untouched, session, setWanted, notify]);
}
