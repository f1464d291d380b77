import type { Folded } from "../../hardware/model";
import { outputCut, outputIndex } from "./model/beats";
import { inFrame } from "./model/converter";
import type { Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import { Numbers } from "./numbers";

interface ResultsProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Folded;
  readonly moment: Moment;
}

/** The beat that goes out in this cycle, or went out last. */
export function Results({ lens, node, folded, moment }: ResultsProps) {
  const cut = outputCut(folded);
  const beat = moment.given - (moment.gives ? 0 : 1);
  if (beat < 0) return <p className="stage__label">Nothing has gone out yet.</p>;
  const first = inFrame(cut, beat * cut.lanes).nth;
  return (
    <Numbers
      lens={lens}
      label={moment.gives ? "Goes out in this cycle" : "Went out last"}
      places={Array.from({ length: cut.lanes }, (_, lane) => ({
        kind: "value",
        edge: node + 1,
        index: outputIndex(folded, first + lane),
      }))}
      tone={moment.gives ? "now" : undefined}
    />
  );
}
