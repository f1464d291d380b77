import { mapShape } from "../../graph/dataflow";
import type { Folded } from "../../hardware/model";
import type { Lens } from "./model/lens";
import type { Moment } from "./model/moment";
import { paddingBeat } from "./model/padding-beat";
import { Numbers } from "./numbers";
import "./padding-panel.css";

interface PaddingPanelProps {
  readonly lens: Lens;
  readonly node: number;
  readonly folded: Folded<"FMPadding">;
  readonly moment: Moment;
}

/** The map with its border of zeros, how far it has come, and the beat that goes out. */
export function PaddingPanel({ lens, node, folded, moment }: PaddingPanelProps) {
  const beat = paddingBeat(folded, moment.busyBefore);
  const { height, width } = mapShape(folded.node.output);
  const inner = mapShape(folded.node.input);
  const { top, left } = folded.node.pad;
  const mark = Math.max(1, width / 24);
  return (
    <>
      <svg
        className="padding-map"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`The map of ${height} rows and ${width} columns with its border of zeros. Row ${beat.row}, column ${beat.column} goes out.`}
      >
        <rect className="padding-map__border" width={width} height={height} />
        <rect className="padding-map__inner" x={left} y={top} width={inner.width} height={inner.height} />
        <rect className="padding-map__done" width={width} height={beat.row} />
        <rect className="padding-map__done" y={beat.row} width={beat.column} height={1} />
        <rect
          className="padding-map__now"
          x={beat.column - (mark - 1) / 2}
          y={beat.row - (mark - 1) / 2}
          width={mark}
          height={mark}
        />
      </svg>
      <Numbers
        lens={lens}
        label={beat.isBorder ? "Goes out: zeros of the border" : "Goes out"}
        places={beat.lanes.map((index) => ({ kind: "value", edge: node + 1, index }))}
        tone={beat.isBorder ? "zero" : moment.gives ? "now" : undefined}
      />
    </>
  );
}
