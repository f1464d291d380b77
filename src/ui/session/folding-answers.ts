import type { FoldingEdit } from "../../hardware/edit-folding";
import type { FoldToBudget } from "../../hardware/fold-to-budget";
import type { FoldToTarget } from "../../hardware/fold-to-target";
import type { EditReport } from "../../workers/hardware-api";
import { formatFps, formatInteger, formatShare } from "../kit/format";
import { resourceNames } from "../kit/resource-names";
import type { BoardName } from "../state/folding-slice";

/** What an edit did, and what it did besides. */
export function editAnswer({ node, axis, value }: FoldingEdit, { along, givenUp }: EditReport): string {
  const sentences = [`${axis} of ${node} is ${value}.`];
  if (along) {
    sentences.push(
      `So is ${along.axis} of ${along.node}: the two must be equal, or channels would be mixed up.`,
    );
  }
  if (givenUp.length > 0) {
    const fifos = givenUp.length === 1 ? "A FIFO" : `${givenUp.length} FIFOs`;
    sentences.push(`${fifos} beside it went back to FINN’s default depth: the beats there are others now.`);
  }
  return sentences.join(" ");
}

export function targetAnswer(fps: number, { reached, fps: got, stoppedBy }: FoldToTarget): string {
  if (reached) return `Reached: ${formatFps(got)}, and no cheaper folding gives ${formatFps(fps)}.`;
  const most = `${formatFps(fps)} cannot be reached; the most is ${formatFps(got)}.`;
  return stoppedBy
    ? `${most} ${stoppedBy.name} stops it at ${formatInteger(stoppedBy.cycles)} cycles a frame. ${stoppedBy.reason}`
    : most;
}

export function budgetAnswer(board: BoardName, share: number, found: FoldToBudget): string {
  const { fits, fps, scarce, stoppedBy } = found;
  const part = `${formatShare(share)} of the ${board}`;
  const lack =
    scarce &&
    `${formatInteger(scarce.needed)} ${resourceNames[scarce.resource].of}, and ${part} has ${formatInteger(scarce.available)}`;
  if (!fits) return `Nothing fits into ${part}: even the smallest folding needs ${lack}.`;
  const best = `${formatFps(fps)} within ${part}.`;
  if (lack) return `${best} The next faster folding needs ${lack}.`;
  return stoppedBy
    ? `${best} ${stoppedBy.name} stops it at ${formatInteger(stoppedBy.cycles)} cycles a frame. ${stoppedBy.reason}`
    : best;
}

export function fifosAnswer(depths: ReadonlyMap<string, number>, interval: number): string {
  const deeper = [...depths.values()].filter((depth) => depth > 2);
  const deepest = Math.max(2, ...deeper);
  return `${formatInteger(deeper.length)} of ${formatInteger(depths.size)} FIFOs must hold more than 2 beats, the deepest ${formatInteger(deepest)}, for a frame every ${formatInteger(interval)} cycles.`;
}
