import type { ConverterRow, NodeRow } from "../../../hardware/folding-report";
import type { MachineReport, Simulation, StreamReport } from "../../../simulator/result";
import { groupNodes } from "../../pipeline/group-nodes";
import type { FoldedDesign } from "../../state/folding-slice";

/** A machine of the simulation with what the folding says of it. Machine i puts out into stream i. */
export interface PipelineMachine {
  /** In stream order. */
  readonly index: number;
  readonly name: string;
  readonly kind: MachineReport["kind"];
  /** A few letters for pictures: "SWG". */
  readonly label: string;
  /** Index of its layer. */
  readonly group: number;
  /** Null for converters and DMAs. */
  readonly node: NodeRow | null;
  readonly converter: ConverterRow | null;
  /** Null for the input DMA. */
  readonly input: StreamReport | null;
  /** Null for the output DMA. */
  readonly output: StreamReport | null;
  /** Beats a frame by which its progress counts: those it puts out, or, at the end, takes. */
  readonly beats: number;
  /** Such beats a row of its feature map; null if it puts out no map. */
  readonly rowBeats: number | null;
  readonly report: MachineReport;
}

/** The machines of one layer, or one dws block. */
export interface PipelineGroup {
  readonly title: string;
  readonly isBlock: boolean;
  /** Indices of its first and last machine. */
  readonly first: number;
  readonly last: number;
}

/** The simulated accelerator, as the pictures need it. */
export interface Pipeline {
  readonly design: FoldedDesign;
  readonly simulation: Simulation;
  readonly machines: readonly PipelineMachine[];
  readonly groups: readonly PipelineGroup[];
}

const labels: Record<MachineReport["kind"], string> = {
  FMPadding: "PAD",
  ConvolutionInputGenerator: "SWG",
  MVAU: "MVAU",
  VVAU: "VVAU",
  Thresholding: "THR",
  Pool: "POOL",
  ChannelwiseOp: "BIAS",
  LabelSelect: "TOP",
  StreamingDataWidthConverter: "DWC",
  IODMA: "DMA",
};

/** Joins a design with its simulation. A converter belongs to the layer of the node before it, the DMAs to the outermost. */
export function pipelineOf(design: FoldedDesign, simulation: Simulation): Pipeline {
  const { nodes, inserted } = design.report;
  const rows = new Map(nodes.map((row) => [row.name, row]));
  const converters = new Map(
    inserted.flatMap((row) => (row.kind === "StreamingDataWidthConverter" ? [[row.name, row] as const] : [])),
  );
  const layers = groupNodes(nodes);
  const layerOf = new Map(layers.flatMap((layer, i) => layer.nodes.map(({ name }) => [name, i] as const)));
  let group = 0;
  let rowsOfMap = 1;
  const machines = simulation.machines.map((report, index): PipelineMachine => {
    const node = rows.get(report.name) ?? null;
    group = layerOf.get(report.name) ?? group;
    if (node) rowsOfMap = node.outputShape[1] ?? 1;
    const input = simulation.streams[index - 1] ?? null;
    const output = simulation.streams[index] ?? null;
    const beats = (output ?? input)?.beats ?? 0;
    return {
      index,
      name: report.name,
      kind: report.kind,
      label: report.kind === "IODMA" ? (input ? "OUT" : "IN") : labels[report.kind],
      group,
      node,
      converter: converters.get(report.name) ?? null,
      input,
      output,
      beats,
      rowBeats: rowsOfMap > 1 && beats % rowsOfMap === 0 ? beats / rowsOfMap : null,
      report,
    };
  });
  const groups = layers.map(({ title, kind }, i) => {
    const members = machines.filter((machine) => machine.group === i);
    return {
      title,
      isBlock: kind === "dws",
      first: members[0]?.index ?? 0,
      last: members.at(-1)?.index ?? 0,
    };
  });
  return { design, simulation, machines, groups };
}
