import { mapShape } from "../../graph/dataflow";
import { useFocus } from "./focus";
import { LaneSum } from "./lane-sum";
import type { Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import type { Reducer } from "./model/reduction";
import { laneOf, tileAt } from "./model/tile";
import { Numbers } from "./numbers";
import { Results } from "./results";
import { StaircaseChart } from "./staircase-chart";
import { useLane } from "./use-lane";
import { WeightMatrix } from "./weight-matrix";

interface TilePanelProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Reducer;
  readonly moment: Moment;
}

/** PE sums side by side: what each of them adds in this cycle, one of them large, and what goes out. */
export function TilePanel({ lens, node, folded, moment }: TilePanelProps) {
  const tile = tileAt(folded, moment.busyBefore);
  const { iteration, reduction, finishes } = tile;
  const { pe, simd, activation, channels, shift } = reduction;
  const chosen = useLane(lens, node, pe);
  const chooseLane = useFocus((focus) => focus.chooseLane);
  const lane = laneOf(lens.chain, node, tile, chosen);
  const terms = (iteration.synapseFold + 1) * simd;
  const { width } = mapShape(folded.node.output);
  const pixel = `row ${Math.floor(iteration.pixel / width)}, column ${iteration.pixel % width}`;
  return (
    <>
      {folded.kind === "MVAU" && (
        <WeightMatrix lens={lens} node={node} folded={folded} tile={tile} chosen={chosen} />
      )}
      <LaneSum
        lens={lens}
        node={node}
        folded={folded}
        tile={tile}
        lane={lane}
        isBusy={moment.state === "busy"}
      />
      <Numbers
        lens={lens}
        label={`Accumulators of ${folded.kind === "MVAU" ? "neurons" : "channels"} ${iteration.neuronFold * pe} to ${iteration.neuronFold * pe + pe - 1} after this cycle, ${pixel}`}
        places={Array.from({ length: pe }, (_, p) => ({
          kind: "sum",
          node,
          pixel: iteration.pixel,
          channel: iteration.neuronFold * pe + p,
          terms,
        }))}
        tone={moment.state === "busy" ? (finishes ? "now" : undefined) : "later"}
        onChoose={(p) => chooseLane(node, p)}
      />
      {activation && (
        <StaircaseChart
          lens={lens}
          node={node}
          channel={lane.channel % channels}
          activation={activation}
          sum={lane.after}
          isFinal={finishes}
        />
      )}
      {shift > 0 && (
        <p className="stage__label">
          Each sum is shifted right by {shift} bits: divided by {2 ** shift}, rounded down.
        </p>
      )}
      <Results lens={lens} node={node} folded={folded} moment={moment} />
    </>
  );
}
