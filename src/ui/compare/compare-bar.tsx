import { useId } from "react";
import { Switch } from "react-aria-components/Switch";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";
import { useAppState, useCompareSession, useLiveSession } from "../app-context";
import { useEndpointStatus } from "../endpoints/use-endpoint-status";
import { ActionButton } from "../kit/action-button";
import { type CompareSource, comparedEntry } from "../state/compare-slice";
import type { EndpointEntry } from "../state/endpoints-slice";
import "./compare-bar.css";

const sources: readonly { readonly source: CompareSource; readonly name: string }[] = [
  { source: "photo", name: "Photo" },
  { source: "camera", name: "Camera" },
];

/** What is compared, with which endpoint, and how. */
export function CompareBar() {
  const live = useLiveSession();
  const source = useAppState((state) => state.compareSource);
  const setSource = useAppState((state) => state.setCompareSource);
  const aligned = useAppState((state) => state.aligned);
  const setAligned = useAppState((state) => state.setAligned);
  const paused = useAppState((state) => state.comparePaused);
  const setPaused = useAppState((state) => state.setComparePaused);
  const entry = useAppState(comparedEntry);
  return (
    <div className="compare-bar" data-not-on-paper>
      <ToggleButtonGroup
        className="compare-bar__sources"
        aria-label="Compare on"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[source]}
        onSelectionChange={(keys) => {
          const chosen = sources.find((each) => keys.has(each.source));
          if (!chosen) return;
          setSource(chosen.source);
          // It is on only where one sees it.
          if (chosen.source === "photo") live.stop();
        }}
      >
        {sources.map((each) => (
          <ToggleButton key={each.source} id={each.source} className="compare-bar__source">
            {each.name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <EndpointChoice />
      <ActionButton onPress={() => setPaused(!paused)}>{paused ? "Resume" : "Pause"}</ActionButton>
      {source === "photo" ? (
        entry && <AgainButton entry={entry} />
      ) : (
        <Switch className="compare-bar__align" isSelected={aligned} onChange={setAligned}>
          <span className="compare-bar__track" />
          <span>
            Align
            <span className="compare-bar__note">
              {aligned
                ? "Each frame waits until both have answered the one before."
                : "Each side takes the newest frame when it is free."}
            </span>
          </span>
        </Switch>
      )}
    </div>
  );
}

function AgainButton({ entry }: { readonly entry: EndpointEntry }) {
  const session = useCompareSession();
  const { phase } = useEndpointStatus(entry);
  const canAsk = useAppState(
    ({ outcome, asking, comparePaused }) => outcome !== null && !asking && !comparePaused,
  );
  return (
    <ActionButton isDisabled={phase !== "ready" || !canAsk} onPress={session.again}>
      Compare again
    </ActionButton>
  );
}

/** Comes with the second endpoint. */
function EndpointChoice() {
  const id = useId();
  const endpoints = useAppState((state) => state.endpoints);
  const chosen = useAppState(comparedEntry);
  const choose = useAppState((state) => state.setComparedEndpoint);
  if (endpoints.length < 2) return null;
  return (
    <div className="compare-bar__endpoint">
      <label htmlFor={id}>Endpoint</label>
      <select id={id} value={chosen?.id} onChange={(event) => choose(Number(event.target.value))}>
        {endpoints.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {entry.address}
          </option>
        ))}
      </select>
    </div>
  );
}
