import { useAppState, useSetSession } from "../app-context";
import { EndpointsPanel } from "../endpoints/endpoints-panel";
import { ActionButton } from "../kit/action-button";
import { takesPart } from "../state/sets-slice";
import { counted } from "./model/counted";

const mostBatch = 256;

/** Where the set runs, and the start. */
export function StartPart() {
  const session = useSetSession();
  const setSets = useAppState((state) => state.setSets);
  const emulator = useAppState((state) => state.setEmulator);
  const chosen = useAppState((state) => state.setTakesPart);
  const batchSize = useAppState((state) => state.setBatchSize);
  const endpoints = useAppState((state) => state.endpoints);
  const model = useAppState((state) => state.lastModel);
  const run = useAppState((state) => state.setRun);
  const allowed = endpoints.filter((entry) => entry.allowed);
  const used = allowed.filter((entry) => takesPart(entry, chosen));
  const isRunning = run?.phase === "running";
  const hasResults = run !== null && run.records.size > 0;
  return (
    <section className="sets__part" aria-labelledby="sets-start">
      <h3 id="sets-start">Run it on</h3>
      <div>
        <label className="sets__check">
          <input
            type="checkbox"
            checked={emulator}
            onChange={({ target }) => setSets({ setEmulator: target.checked })}
          />
          The emulator in this browser
        </label>
        {allowed.map((entry) => (
          <label key={entry.id} className="sets__check">
            <input
              type="checkbox"
              checked={takesPart(entry, chosen)}
              onChange={({ target }) =>
                setSets({ setTakesPart: new Map(chosen).set(entry.id, target.checked) })
              }
            />
            <span>
              {entry.address}
              {entry.byLink && (
                <span className="sets__note">
                  {" "}
                  A link named it. Ticked, it gets every picture of the folder.
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      <details className="start-part__endpoints" open={allowed.length < endpoints.length || undefined}>
        <summary className="sets__note">
          {allowed.length === 0 ? "Add an endpoint" : "Endpoints: several share the work"}
        </summary>
        <EndpointsPanel />
      </details>
      {used.length > 0 && (
        <label className="sets__field">
          Most images a request
          <input
            type="number"
            min={1}
            max={mostBatch}
            value={batchSize}
            onChange={({ target }) => {
              const wanted = Math.round(target.valueAsNumber);
              if (wanted >= 1) setSets({ setBatchSize: Math.min(wanted, mostBatch) });
            }}
          />
        </label>
      )}
      <div className="sets__row">
        <ActionButton
          primary={!run || run.phase === "done" || run.phase === "stopped"}
          isDisabled={isRunning || !model || (!emulator && used.length === 0)}
          onPress={() => void session.start()}
        >
          {run ? "Begin a new run" : "Run"}
        </ActionButton>
        {hasResults && !isRunning && (
          <span className="sets__note">
            It takes the place of the {counted(run.records.size, "result")} below. Save them first if you need
            them.
          </span>
        )}
      </div>
    </section>
  );
}
