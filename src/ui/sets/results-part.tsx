import { describePlatform } from "../endpoints/describe-endpoint";
import { formatInteger, formatShare } from "../kit/format";
import { counted } from "./model/counted";
import type { Accuracy } from "./model/tally";
import type { RunSnapshot } from "./run/run-snapshot";
import "./results-part.css";

/** Who is right how often, and who agrees, each with the counts that it is of. */
export function ResultsPart({ run }: { readonly run: RunSnapshot }) {
  const { header, tally } = run;
  const { agreement } = tally;
  const { length } = header.endpoints;
  const sides: readonly (readonly [name: string, platform: string, accuracy: Accuracy])[] = [
    ...(header.emulator ? [["Emulator", "In this browser", tally.emulator] as const] : []),
    ...(length > 0
      ? [[length === 1 ? "Endpoint" : `${length} endpoints`, platformsOf(run), tally.endpoint] as const]
      : []),
  ];
  if (run.records.size === 0) return null;
  return (
    <section className="sets__part" aria-labelledby="sets-results">
      <h3 id="sets-results">Results</h3>
      <div className="results">
        {header.labelling.labels.size > 0 && (
          <table className="results__table">
            <caption>How often the label was found</caption>
            <thead>
              <tr>
                <th scope="col">Side</th>
                <th scope="col">First</th>
                <th scope="col">In five</th>
                <th scope="col">Of</th>
              </tr>
            </thead>
            <tbody>
              {sides.map(([name, platform, { answered, labelled, top1, top5 }]) => (
                <tr key={name}>
                  <th scope="row">
                    {name}
                    <span className="results__of">{platform}</span>
                  </th>
                  <td>{shareOf(top1, labelled)}</td>
                  <td>{shareOf(top5, labelled)}</td>
                  <td>
                    {counted(labelled, "labelled picture")}
                    <span className="results__of">{formatInteger(answered)} answered</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {sides.length === 2 && (
          <table className="results__table">
            <caption>How often both sides agree</caption>
            <thead>
              <tr>
                <th scope="col">Same first</th>
                <th scope="col">Same five</th>
                <th scope="col">Same order</th>
                <th scope="col">Of</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{shareOf(agreement.sameFirst, agreement.both)}</td>
                <td>{shareOf(agreement.sameSet, agreement.both)}</td>
                <td>{shareOf(agreement.sameOrder, agreement.both)}</td>
                <td>{counted(agreement.both, "picture")}</td>
              </tr>
            </tbody>
          </table>
        )}
      </div>
      <LeftOut run={run} />
    </section>
  );
}

/** What the figures are not of, and whether they will change. */
function LeftOut({ run: { header, tally, phase } }: { readonly run: RunSnapshot }) {
  const { broken, missing, failed } = tally.files;
  const { ignored } = header.set;
  const unlabelled = header.labelling.labels.size === 0;
  return (
    <p className="sets__note">
      {unlabelled && "No picture has a label, so there is nothing to be right about. "}
      {broken + missing + failed + ignored > 0 && (
        <>
          Left out of these figures: {formatInteger(broken)} broken, {formatInteger(missing)} gone,{" "}
          {formatInteger(failed)} failed ({formatInteger(tally.labelledUnanswered)} of them with a label),{" "}
          {counted(ignored, "file")} that {ignored === 1 ? "is no picture" : "are no pictures"}.{" "}
        </>
      )}
      {phase !== "done" && "The run is not through: the figures are of what was run so far."}
    </p>
  );
}

/** What the endpoints run on, by their own word. */
function platformsOf({ header: { endpoints } }: RunSnapshot): string {
  return [...new Set(endpoints.flatMap(({ info }) => (info ? [describePlatform(info)] : [])))].join("; ");
}

function shareOf(count: number, all: number) {
  if (all === 0) return "–";
  return (
    <>
      <span className="results__share">{formatShare(count / all)}</span>
      <span className="results__of">{formatInteger(count)}</span>
    </>
  );
}
