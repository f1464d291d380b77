import { useMemo, useState } from "react";
import { useAppState, useModelSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { Facts } from "../kit/facts";
import { formatBytes, formatCount, formatInteger, formatShape } from "../kit/format";
import type { Compilation } from "../state/compilation-slice";
import { FamilyLegend } from "./family-legend";
import { describeFailure } from "./model/describe-failure";
import { nodesOf } from "./model/describe-pass";
import { fatesOf, graphsOf } from "./model/graph-at";
import { PassDetail } from "./pass-detail";
import { PassGraph } from "./pass-graph";
import { PassList } from "./pass-list";
import "./compilation-part.css";

/** The opened model: what it became, and the passes that made it so. */
export function CompilationPart({ compilation }: { readonly compilation: Compilation }) {
  const { asRead, steps, failure } = compilation;
  const graphs = useMemo(() => graphsOf(asRead, steps), [asRead, steps]);
  /** Position of the graph to look at: 0 as it was read, i after pass i; null follows the newest. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [node, setNode] = useState<string | null>(null);
  const at = Math.min(chosen ?? steps.length, steps.length);
  const step = steps[at - 1] ?? null;
  const after = graphs[at] ?? new Map();
  const before = graphs[at - 1] ?? after;
  const fates = useMemo(() => (step ? fatesOf(before, after, step) : new Map()), [before, after, step]);
  return (
    <section className="compilation" aria-labelledby="compilation-heading">
      <h3 id="compilation-heading">{compilation.origin}</h3>
      <p role="status" className="compilation__status">
        {statusOf(compilation)}
      </p>
      <div role="alert">
        {failure && (
          <p className="model__refusal">{describeFailure(failure, steps.length)} The model in use stays.</p>
        )}
      </div>
      <Outcome compilation={compilation} />
      <FamilyLegend />
      <div className="compilation__passes">
        <PassList compilation={compilation} at={at} onChoose={setChosen} />
        <div className="compilation__detail">
          <PassDetail
            step={step}
            nodes={after.size}
            at={at}
            last={steps.length}
            fates={fates}
            opOf={(name) => (after.get(name) ?? before.get(name))?.op ?? ""}
            onStep={setChosen}
            onNode={setNode}
          />
          <PassGraph before={before} after={after} fates={fates} node={node} onNode={setNode} />
        </div>
      </div>
    </section>
  );
}

function statusOf({ phase, steps, asRead, result }: Compilation): string {
  const newest = steps.at(-1);
  const read = nodesOf(asRead.order.length);
  const changing = steps.filter(({ changed }) => changed).length;
  if (phase === "running") {
    return `Read: ${read}. ${newest ? `Pass ${steps.length}, ${newest.name}: ${nodesOf(newest.nodesAfter)}.` : ""}`;
  }
  if (phase === "failed" || !result || !newest) return `Read: ${read}.`;
  const hardware = [...result.summary.nodesByKind.values()].reduce((sum, count) => sum + count, 0);
  const host = newest.nodesAfter - hardware;
  const left = host > 0 ? `, and ${host} that stays with the host` : "";
  return `Compiled: ${read} as read, ${nodesOf(hardware)} of hardware${left}. ${changing} of ${steps.length} passes changed something.`;
}

function Outcome({ compilation: { result } }: { readonly compilation: Compilation }) {
  const session = useModelSession();
  const switching = useAppState((state) => state.switching);
  const inUse = useAppState((state) => state.ownModel?.package.checksum);
  if (!result) return null;
  const { summary, nearTies, input } = result;
  const kinds = [...summary.nodesByKind].map(([kind, count]) => `${count} ${kind}`).join(", ");
  const weights = [...summary.weightsByType].map(([type, count]) => `${formatCount(count)} ${type}`);
  const taken = inUse === result.package.checksum;
  return (
    <>
      <Facts
        facts={[
          ["File", formatBytes(result.fileBytes)],
          ["Input", `${formatShape(input.shape)} ${input.datatype}`],
          ["Classes", formatInteger(result.classes)],
          ["Nodes", kinds],
          ["Multiplications", `${formatCount(summary.macs)} a frame`],
          ["Weights", weights.join(", ")],
          [
            "Thresholds",
            `${formatInteger(summary.thresholds)}, ${formatInteger(nearTies)} of them within rounding of an integer`,
          ],
        ]}
      />
      {result.notes.map((note) => (
        <p key={note} className="compilation__note">
          {note}
        </p>
      ))}
      <div>
        <ActionButton
          primary={!taken}
          isDisabled={switching || taken}
          onPress={() => void session.takeOpened()}
        >
          {taken ? "In use in all views" : switching ? "Loading…" : "Use it in all views"}
        </ActionButton>
      </div>
    </>
  );
}
