import { boards } from "../../../hardware/boards";
import { foldingReport } from "../../../hardware/folding-report";
import { mobilenetFoldings } from "../../../hardware/presets";
import { foldedFor } from "../../../hardware/testing/shipped-graph";
import { type SimulateOptions, simulate } from "../../../simulator/simulate";
import type { BoardName } from "../../state/folding-slice";
import { type Pipeline, pipelineOf } from "../model/pipeline";

/** The shipped network as FINN folds it for a board, simulated. */
export async function simulated(board: BoardName, options: SimulateOptions): Promise<Pipeline> {
  const folded = foldedFor(board, "from-weights");
  const report = foldingReport(folded, boards[board]);
  const design = { board, config: mobilenetFoldings[board](), report };
  return pipelineOf(design, await simulate(folded, options));
}
