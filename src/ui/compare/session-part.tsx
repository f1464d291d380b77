import { AgreementFigures } from "./agreement-figures";
import { ExportButtons } from "./export-buttons";
import { LatencyPart } from "./latency-part";
import type { Comparison } from "./model/comparison";
import { Throughput } from "./throughput";
import { WeightsNote } from "./weights-note";
import "./session-part.css";

/** All frames since the comparison was begun: agreement, rates, latencies, and the way to keep them. */
export function SessionPart({ comparison }: { readonly comparison: Comparison }) {
  return (
    <section className="compare__part" aria-labelledby="session-heading">
      <div className="session-part__head">
        <h3 id="session-heading">All frames so far</h3>
        <ExportButtons comparison={comparison} />
      </div>
      <p className="compare__note">
        Another endpoint, model or engine begins a new comparison. Of the one before only the differing frames
        stay: export what else you want to keep.
      </p>
      <div className="session-part__figures">
        <AgreementFigures counts={comparison.counts} />
        <Throughput />
      </div>
      <WeightsNote comparison={comparison} />
      <LatencyPart comparison={comparison} />
    </section>
  );
}
