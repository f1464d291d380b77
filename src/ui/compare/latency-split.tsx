import { formatMs } from "../kit/format";
import type { FrameRecord } from "./model/comparison";
import { emulatorParts, endpointParts, endpointTotal, type LatencyPart } from "./model/latency-parts";
import "./latency-split.css";

/** How long each side took for a frame, and with what, to one scale. */
export function LatencySplit({ frame }: { readonly frame: FrameRecord }) {
  const emulator = measured(frame, emulatorParts);
  const parts = measured(frame, endpointParts);
  // Without all its parts a bar would be too short: then it is one piece.
  const endpoint = parts.length === endpointParts.length ? parts : measured(frame, [endpointTotal]);
  const total = endpointTotal.of(frame) ?? 0;
  const sum = emulator.reduce((ms, part) => ms + part.ms, 0);
  const longest = Math.max(sum, total, Number.MIN_VALUE);
  return (
    <div className="latency-split">
      <Side name="Emulator" totalMs={sum} parts={emulator} longest={longest} listed={emulator} />
      <Side
        name="Endpoint"
        totalMs={total}
        parts={endpoint}
        longest={longest}
        listed={parts}
        note={parts.length === 0 ? "The endpoint does not say how it spent the time." : undefined}
      />
    </div>
  );
}

interface Measured {
  readonly key: string;
  readonly name: string;
  readonly ms: number;
}

function measured(frame: FrameRecord, parts: readonly LatencyPart[]): Measured[] {
  return parts.flatMap(({ key, name, of }) => {
    const ms = of(frame);
    return ms === null ? [] : [{ key, name, ms }];
  });
}

interface SideProps {
  readonly name: string;
  readonly totalMs: number;
  readonly parts: readonly Measured[];
  readonly longest: number;
  readonly listed: readonly Measured[];
  readonly note?: string | undefined;
}

function Side({ name, totalMs, parts, longest, listed, note }: SideProps) {
  return (
    <div className="latency-split__side">
      <p>
        <strong>{name}</strong> {formatMs(totalMs)}
      </p>
      <div className="latency-split__bar" aria-hidden="true">
        {parts.map(({ key, ms }) => (
          <span key={key} data-part={key} style={{ width: `${(ms / longest) * 100}%` }} />
        ))}
      </div>
      <dl>
        {listed.map((part) => (
          <div key={part.key} data-part={part.key}>
            <dt>{part.name}</dt>
            <dd>{formatMs(part.ms)}</dd>
          </div>
        ))}
      </dl>
      {note && <p className="latency-split__note">{note}</p>}
    </div>
  );
}
