import { readFileSync } from "node:fs";
import { compile } from "../../../compiler/compile";
import { baseFolding } from "../../../hardware/base-folding";
import { boards } from "../../../hardware/boards";
import { foldGraph } from "../../../hardware/fold-graph";
import { foldingReport } from "../../../hardware/folding-report";
import { mobilenetFoldings } from "../../../hardware/presets";
import { withStandaloneThresholds } from "../../../hardware/standalone-thresholds";
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

/** A network made for tests, by its file's name, with the folding that one begins with, simulated. */
export async function simulatedFixture(
  file: string,
  board: BoardName,
  options: SimulateOptions,
): Promise<Pipeline> {
  const onnx = readFileSync(new URL(`../../../../fixtures/onnx/${file}`, import.meta.url));
  const { graph } = await compile(onnx, { preprocessing: "none" });
  const built = boards[board].standaloneThresholds ? withStandaloneThresholds(graph) : graph;
  const { config } = baseFolding(built, boards[board]);
  const folded = foldGraph(built, config, { widths: "from-weights" });
  const design = { board, config, report: foldingReport(folded, boards[board]) };
  return pipelineOf(design, await simulate(folded, options));
}
