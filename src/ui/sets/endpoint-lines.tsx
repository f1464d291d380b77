import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { counted } from "./model/counted";
import type { RunSnapshot } from "./run/run-snapshot";
import type { EndpointState } from "./run/share-work";

const phases: Readonly<Record<EndpointState["phase"], string>> = {
  checking: "is being checked",
  idle: "is ready",
  busy: "works",
  down: "does not work, and is asked again",
};

/** How the endpoints of a run are doing, and those that it lacks. */
export function EndpointLines({ run }: { readonly run: RunSnapshot }) {
  const known = useAppState((state) => state.endpoints);
  const setEndpoint = useAppState((state) => state.setEndpoint);
  const { endpoints, phase, header } = run;
  const isRunning = phase === "running";
  const noneWorks = isRunning && endpoints.length > 0 && endpoints.every((each) => each.phase === "down");
  const missing = header.endpoints.filter(
    ({ address }) => !known.some((entry) => entry.address === address && entry.allowed),
  );
  return (
    <>
      <p role="status" className={noneWorks ? "sets__caution" : "visually-hidden"}>
        {noneWorks
          ? "No endpoint works at the moment. The run waits, and goes on by itself when one does."
          : ""}
      </p>
      {isRunning && endpoints.length > 0 && (
        <ul className="sets__note" aria-label="Endpoints">
          {endpoints.map(({ address, phase: its, failure, images, batchSize }) => (
            <li key={address}>
              <strong>{address}</strong> {phases[its]}: {counted(images, "image")} done, up to {batchSize} a
              request
              {failure && `. ${failure}`}
            </li>
          ))}
        </ul>
      )}
      {!isRunning && phase !== "done" && missing.length > 0 && (
        <ul className="sets__note" aria-label="Endpoints that this run lacks">
          {missing.map(({ address }) => (
            <li key={address} className="sets__row">
              <span>The run was on {address}, which this page does not know yet.</span>
              <ActionButton onPress={() => setEndpoint({ address, token: null }, true)}>
                Add it again
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
