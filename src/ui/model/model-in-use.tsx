import { FileTrigger } from "react-aria-components/FileTrigger";
import { useAppState, useModelSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { Facts } from "../kit/facts";
import { formatCount, formatInteger, formatShape } from "../kit/format";
import "./model-in-use.css";

/** The model that all views show, and the way back to the built-in one. */
export function ModelInUse() {
  const session = useModelSession();
  const own = useAppState((state) => state.ownModel);
  const model = useAppState((state) => state.lastModel);
  const switching = useAppState((state) => state.switching);
  const switchFailure = useAppState((state) => state.switchFailure);
  const labelsFailure = useAppState((state) => state.labelsFailure);
  const opened = useAppState((state) => state.compilation?.result ?? null);
  const total = (figure: "macs" | "weights") =>
    model ? formatCount(model.nodes.reduce((sum, node) => sum + node[figure], 0)) : null;
  return (
    <section className="model-in-use" aria-labelledby="model-in-use-heading">
      <h3 id="model-in-use-heading">In use in all views</h3>
      {model && (
        <Facts
          facts={[
            ["Model", own ? `${own.name} (yours)` : `${model.name} (built in)`],
            ["From", own?.origin ?? null],
            ["Checksum", model.checksum.slice(0, 12)],
            ["Input", `${formatShape(model.inputShape)} values`],
            ["Nodes", formatInteger(model.nodes.length)],
            ["Multiplications", `${total("macs")} a frame`],
            ["Weights", total("weights")],
            ["Classes", model.labels ? `${formatInteger(model.labels.length)}, with names` : "numbered"],
          ]}
        />
      )}
      <div className="model-in-use__actions">
        {own && (
          <ActionButton isDisabled={switching} onPress={() => void session.takeBuiltIn()}>
            Back to the built-in
          </ActionButton>
        )}
        {(own || opened) && (
          <FileTrigger
            acceptedFileTypes={["text/plain", ".txt", ".csv"]}
            onSelect={(files) => {
              const file = files?.[0];
              if (file) void session.openLabels(file);
            }}
          >
            <ActionButton>Name the classes…</ActionButton>
          </FileTrigger>
        )}
      </div>
      {(own || opened) && (
        <p className="model-in-use__hint">
          Names come from a text file with one a line, and go to {opened ? "the opened model" : "your model"}.
        </p>
      )}
      <div role="alert">
        {switchFailure && <p className="model__refusal">The model in use stays. {switchFailure.message}</p>}
        {labelsFailure && <p className="model__refusal">{labelsFailure.message}</p>}
      </div>
    </section>
  );
}
