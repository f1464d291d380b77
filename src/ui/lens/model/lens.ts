import type { ConverterRow } from "../../../hardware/folding-report";
import type { Folded } from "../../../hardware/model";
import type { Pipeline, PipelineMachine } from "../../dataflow/model/pipeline";
import { type Cut, outputCut } from "./beats";
import type { LensBlock } from "./blocks";
import type { Chain } from "./chain";

/** A machine under the lens: a node of the chain, or a converter behind one. */
export type Stage = NodeStage | ConverterStage;

export interface NodeStage {
  readonly kind: "node";
  readonly machine: PipelineMachine;
  /** In the chain. */
  readonly node: number;
  readonly folded: Folded;
}

export interface ConverterStage {
  readonly kind: "converter";
  readonly machine: PipelineMachine;
  readonly converter: ConverterRow;
  /** The node whose values it passes on, in the chain. */
  readonly node: number;
  readonly folded: Folded;
  readonly input: Cut;
}

/** The block under the lens, with its numbers. */
export interface Lens {
  readonly block: LensBlock;
  readonly pipeline: Pipeline;
  readonly chain: Chain;
  readonly stages: readonly Stage[];
  /** What feeds the block, in words. */
  readonly before: string;
}

/** The machines of a block in stream order. A converter behind its last node belongs to it. */
export function stagesOf({ machines }: Pipeline, nodes: readonly Folded[]): Stage[] {
  const stages: Stage[] = [];
  const byName = new Map(nodes.map((folded, node) => [folded.node.name, node]));
  for (const machine of machines) {
    const node = byName.get(machine.name);
    const folded = nodes[node ?? -1];
    const last = stages.at(-1);
    if (node !== undefined && folded) stages.push({ kind: "node", machine, node, folded });
    else if (machine.converter && last?.kind === "node" && last.machine.index === machine.index - 1) {
      const { converter } = machine;
      stages.push({ ...last, kind: "converter", machine, converter, input: outputCut(last.folded) });
    }
  }
  return stages;
}
