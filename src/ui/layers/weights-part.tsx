import { memo, useRef, useState } from "react";
import type { Constant } from "../../graph/dataflow";
import { formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { describeWeights } from "./model/describe-weights";
import type { Layer } from "./model/layer";
import { symmetric } from "./model/shades";
import { weightGrids } from "./model/weight-grids";
import { NumberGrid } from "./number-grid";
import { RgbKernel } from "./rgb-kernel";
import { ShadeLegend } from "./shade-legend";
import "./weights-part.css";

interface WeightsPartProps {
  readonly layers: readonly Layer[];
  readonly index: number;
  readonly channel: number;
  readonly weights: Constant;
}

/** The weights that make the channel. */
export const WeightsPart = memo(function WeightsPart({ layers, index, channel, weights }: WeightsPartProps) {
  const part = useRef<HTMLElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const grids = weightGrids(layers, index, channel, weights);
  const scale = symmetric(...extent(weights, channel));
  const words = describeWeights(grids.flatMap(({ rows }) => rows.flat()));
  const isKernel = layers[index - 1]?.node?.window !== null && layers[index - 1]?.node !== null;
  return (
    <section ref={part} className="layers__part" aria-labelledby="weights-heading">
      <div className="layers__part-head">
        <h3 id="weights-heading">Weights of channel {channel}</h3>
        <SavePicture
          picture={part}
          name="Weights"
          of={`${layers[index]?.title} ${channel}`}
          description={words}
        />
      </div>
      <p className="layers__words">{words}</p>
      <div className="weights-part__grids" data-several={grids.length > 1 || undefined}>
        {grids.length === 3 && <RgbKernel grids={grids} scale={scale} />}
        {grids.map(({ title, rows }) => (
          <figure key={title}>
            {title && <figcaption className="part-heading">{title}</figcaption>}
            <NumberGrid
              rows={rows}
              scale={scale}
              label={
                isKernel
                  ? `${title} ${rows.map((row) => row.map(formatInteger).join(" ")).join("; ")}`.trim()
                  : words
              }
              onHover={(cell) => {
                const value = cell && rows[cell[0]]?.[cell[1]];
                setHovered(
                  cell && value !== undefined && value !== null
                    ? isKernel
                      ? `${title || "Kernel"}, row ${cell[0]}, column ${cell[1]}: ${formatInteger(value)}`
                      : `From channel ${cell[0] * (rows[0]?.length ?? 1) + cell[1]}: ${formatInteger(value)}`
                    : null,
                );
              }}
            />
          </figure>
        ))}
      </div>
      <p className="weights-part__value" aria-hidden="true">
        {hovered}
      </p>
      <ShadeLegend scale={scale} />
    </section>
  );
});

/** 4-bit weights fill their type; the first layer's 8 bits are seldom used up, so its own extent counts. */
function extent({ data, datatype, shape }: Constant, channel: number): [low: number, high: number] {
  if (datatype.bits <= 4) return [datatype.min, datatype.max];
  const count = shape[1] ?? data.length;
  const own = data.subarray(channel * count, (channel + 1) * count);
  return [Math.min(...own), Math.max(...own)];
}
