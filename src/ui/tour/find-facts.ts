import type { NodeKind } from "../../graph/dataflow";
import type { NodeRow } from "../../hardware/folding-report";
import type { Folded } from "../../hardware/model";
import type { Spent } from "../../simulator/result";
import type { Pipeline, PipelineMachine } from "../dataflow/model/pipeline";
import { blocksOf, type LensBlock } from "../lens/model/blocks";
import type { FoldedDesign } from "../state/folding-slice";
import type { TourFacts } from "./tour-facts";

/** The block that the tour looks at: the first dws block, or the first layer of a network without. */
export function tourBlock(design: FoldedDesign | null): LensBlock | null {
  const blocks = design ? blocksOf(design.report.nodes) : [];
  return blocks.find(({ kind }) => kind === "dws") ?? blocks[0] ?? null;
}

/** The block's first node of one of these kinds; the kinds that come first are preferred. */
export function blockNode(design: FoldedDesign | null, ...kinds: readonly NodeKind[]): NodeRow | null {
  const nodes = tourBlock(design)?.nodes ?? [];
  for (const kind of kinds) {
    const found = nodes.find((node) => node.kind === kind);
    if (found) return found;
  }
  return null;
}

/** The same node with its weights and shapes, once the lens has it. */
export function lensNode<K extends NodeKind>(
  { lensNodes }: TourFacts,
  name: string | undefined,
  kind: K,
): Folded<K> | null {
  const found = lensNodes.find(({ node }) => node.name === name);
  return found?.kind === kind ? (found as Folded<K>) : null;
}

/** The frame, from 0, from which on frames repeat; the last if they do not. */
export const steadyFrame = ({ simulation: { steady, frames } }: Pipeline): number =>
  steady?.fromFrame ?? Math.max(0, frames.length - 1);

/** A cycle in the middle of the steady state's first frame: by then all machines are at work. */
export function busyCycle(pipeline: Pipeline): number {
  const { frames, steady, cycles } = pipeline.simulation;
  const from = frames[steadyFrame(pipeline)]?.firstIn ?? 0;
  return Math.min(cycles - 1, from + Math.floor((steady?.interval ?? 0) / 2));
}

/** How a machine spends a frame of the steady state, in cycles. */
export const steadySpent = (pipeline: Pipeline, { report }: PipelineMachine): Spent | null =>
  report.perFrame[steadyFrame(pipeline)] ?? null;

/** The node that waits longest for room; null if none does. */
export function mostBlocked(pipeline: Pipeline): PipelineMachine | null {
  const blocked = (machine: PipelineMachine) => steadySpent(pipeline, machine)?.blocked ?? 0;
  const nodes = pipeline.machines.filter(({ node }) => node !== null);
  const [first] = nodes.toSorted((a, b) => blocked(b) - blocked(a));
  return first && blocked(first) > 0 ? first : null;
}

/** Multipliers that a node has: PE lanes of SIMD each, where its kind has these axes. */
export function multipliers({ kind, folding }: NodeRow): number {
  if (kind !== "MVAU" && kind !== "VVAU") return 0;
  return ("PE" in folding ? folding.PE : 1) * ("SIMD" in folding ? folding.SIMD : 1);
}
