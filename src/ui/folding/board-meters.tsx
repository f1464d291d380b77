import { Label } from "react-aria-components/Label";
import { Meter } from "react-aria-components/Meter";
import { boards } from "../../hardware/boards";
import type { FoldingReport } from "../../hardware/folding-report";
import { formatInteger, formatShare } from "../kit/format";
import { resourceKinds, resourceNames } from "../kit/resource-names";
import "./board-meters.css";

/** What the folding takes of the board, as FINN estimates it before synthesis. */
export function BoardMeters({ report }: { readonly report: FoldingReport }) {
  const { layers, all } = report.totals;
  const { capacity } = boards[report.board];
  return (
    <section className="board-meters" aria-labelledby="board-meters-heading">
      <h3 id="board-meters-heading" className="part-heading">
        Of the board
      </h3>
      {resourceKinds.map((kind) => (
        <ResourceMeter
          key={kind}
          name={resourceNames[kind].name}
          nodes={layers[kind]}
          all={all[kind]}
          capacity={capacity[kind]}
        />
      ))}
      <p className="board-meters__note">
        <span className="board-meters__key board-meters__key--nodes" /> nodes{" "}
        <span className="board-meters__key" /> FIFOs and width converters. FINN’s estimate before synthesis,
        of the whole FPGA.
      </p>
    </section>
  );
}

interface ResourceMeterProps {
  readonly name: string;
  readonly nodes: number;
  /** With FIFOs and width converters. */
  readonly all: number;
  readonly capacity: number;
}

function ResourceMeter({ name, nodes, all, capacity }: ResourceMeterProps) {
  const over = all > capacity;
  const width = (amount: number) => `${Math.min(1, capacity > 0 ? amount / capacity : 0) * 100}%`;
  const value = describeUse(all, capacity);
  return (
    <Meter
      className="board-meters__meter"
      value={Math.min(all, capacity)}
      maxValue={Math.max(1, capacity)}
      valueLabel={value}
      data-over={over || undefined}
    >
      <Label className="board-meters__name">{name}</Label>
      <span className="board-meters__value">{value}</span>
      <span className="board-meters__track">
        <span className="board-meters__all" style={{ width: over ? "100%" : width(all) }} />
        <span className="board-meters__nodes" style={{ width: width(nodes) }} />
      </span>
    </Meter>
  );
}

function describeUse(amount: number, capacity: number): string {
  if (capacity === 0)
    return amount === 0 ? "none on this board" : `${formatInteger(amount)}: the board has none`;
  const share = `${formatInteger(amount)} of ${formatInteger(capacity)}, ${formatShare(amount / capacity)}`;
  return amount > capacity ? `${share}: too much` : share;
}
