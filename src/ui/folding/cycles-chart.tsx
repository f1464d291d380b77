import { useMemo, useRef } from "react";
import type { FoldingReport, NodeRow } from "../../hardware/folding-report";
import { useAppState } from "../app-context";
import { formatCount, formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { nodeKinds } from "../pipeline/node-kinds";
import { PipelineLegend } from "../pipeline/pipeline-legend";
import { describeBottleneck } from "./bottleneck";
import { niceScale } from "./nice-scale";
import "./cycles-chart.css";

/** Cycles a frame of every node, in stream order: where the bars are even, no node waits for another. */
export function CyclesChart({ report }: { readonly report: FoldingReport }) {
  const { nodes, performance } = report;
  const figure = useRef<HTMLElement>(null);
  const { top, ticks } = useMemo(() => niceScale(performance.maxCycles), [performance.maxCycles]);
  const other = useAppState((state) => state.otherFolding);
  const otherCycles = useMemo(
    () => new Map(other?.design.report.nodes.map(({ name, cycles }) => [name, cycles])),
    [other],
  );
  const slowest = nodes.findIndex(({ name }) => name === performance.bottleneck);
  return (
    <figure ref={figure} className="cycles-chart folding__part">
      <figcaption className="cycles-chart__caption">
        <h3 className="part-heading">Cycles a frame, node by node</h3>
        <SavePicture
          picture={figure}
          name="Cycles a frame"
          of={report.board}
          description={describeBottleneck(report)}
        />
        <PipelineLegend />
      </figcaption>
      <div className="cycles-chart__plot">
        {ticks.map((tick) => (
          <span key={tick} className="cycles-chart__tick" style={{ bottom: `${(tick / top) * 100}%` }}>
            {formatCount(tick)}
          </span>
        ))}
        <svg
          className="cycles-chart__bars"
          viewBox={`0 0 ${nodes.length} 1`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Bars of ${nodes.length} nodes in stream order. ${describeBottleneck(report)}`}
        >
          {nodes.map((node, i) => (
            <Bar
              key={node.name}
              node={node}
              at={i}
              top={top}
              isSlowest={node.cycles === performance.maxCycles}
            />
          ))}
          {nodes.map(({ name }, i) => {
            const cycles = otherCycles.get(name);
            return cycles === undefined ? null : (
              <line
                key={name}
                className="cycles-chart__other"
                x1={i + 0.05}
                x2={i + 0.95}
                y1={1 - Math.min(1, cycles / top)}
                y2={1 - Math.min(1, cycles / top)}
              />
            );
          })}
        </svg>
        <span
          className="cycles-chart__limit"
          style={{ bottom: `${(performance.maxCycles / top) * 100}%` }}
          aria-hidden="true"
        />
        <span
          className="cycles-chart__marker"
          style={{ left: `${((slowest + 0.5) / nodes.length) * 100}%` }}
          aria-hidden="true"
        >
          <span
            className="cycles-chart__marker-name"
            style={{ transform: `translateX(-${((slowest + 0.5) / nodes.length) * 100}%)` }}
          >
            {performance.bottleneck}
          </span>
        </span>
      </div>
      {other && (
        <p className="cycles-chart__note">
          The lines are {other.name}, where it has a node of the same name.
        </p>
      )}
    </figure>
  );
}

interface BarProps {
  readonly node: NodeRow;
  readonly at: number;
  readonly top: number;
  readonly isSlowest: boolean;
}

function Bar({ node, at, top, isSlowest }: BarProps) {
  const height = node.cycles / top;
  return (
    <g className={`tone-${nodeKinds[node.kind].tone}`} data-slowest={isSlowest || undefined}>
      <rect className="cycles-chart__bar" x={at + 0.1} width={0.8} style={{ y: 1 - height, height }} />
      {/* As high as the plot, so that a short bar can be pointed at. */}
      <rect className="cycles-chart__hit" x={at} width={1} y={0} height={1}>
        <title>{`${node.name}: ${formatInteger(node.cycles)} cycles`}</title>
      </rect>
    </g>
  );
}
