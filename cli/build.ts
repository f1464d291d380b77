import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { CompileOptions } from "../src/compiler/compile";
import type { DataflowGraph } from "../src/graph/dataflow";
import { throwIfAborted } from "../src/graph/errors";
import type { Board } from "../src/hardware/boards";
import { allResources, layerResources, networkPerformance } from "../src/hardware/estimate";
import { withFifoDepths } from "../src/hardware/fifo-depths";
import { foldGraph } from "../src/hardware/fold-graph";
import type { Widths } from "../src/hardware/hardware-types";
import { withStandaloneThresholds } from "../src/hardware/standalone-thresholds";
import { describeDeadlock } from "../src/simulator/describe-deadlock";
import type { Simulation } from "../src/simulator/result";
import { simulate } from "../src/simulator/simulate";
import { sizeFifos } from "../src/simulator/size-fifos";
import { buildFolder, writeBuildFolder } from "./build/build-folder";
import { buildRecord } from "./build/build-record";
import { overCapacity, resourceLines } from "./build/capacity";
import { type ChosenFolding, chooseFolding } from "./build/choose-folding";
import { chartLines, estimateLines, headLines } from "./build/estimate-lines";
import { reportFiles } from "./build/report-files";
import { shortOfTarget } from "./build/short-of-target";
import { simulatedPerformance } from "./build/simulated-performance";
import { simulationLines } from "./build/simulation-lines";
import { untilInterrupted } from "./interrupt";
import { parseBoard, parseFolder, parsePositive } from "./option-values";
import { type Output, plainScreen, silent } from "./output";
import { checkOutputFolder } from "./output-folder";
import { parsePreprocessing } from "./preprocessing";
import { withProgress } from "./progress";
import { readModel, shippedModel } from "./read-model";

interface Flags {
  readonly board: Board;
  readonly folding?: string;
  readonly targetFps?: number;
  readonly clockNs?: number;
  readonly out?: string;
  readonly widths: Widths;
  readonly preprocess: NonNullable<CompileOptions["preprocessing"]>;
  readonly frames: number | "until-steady";
  readonly sizeFifos: boolean;
  readonly simulate: boolean;
  readonly json: boolean;
}

/** `streamscope build MODEL --board U250`: what a folding costs, and how fast it is. */
export function buildCommand(output: Output): Command {
  return new Command("build")
    .description(
      "estimate and simulate a network on a board, and write the reports of FINN's estimate-only build",
    )
    .addArgument(
      new Argument("[model]", "an ONNX file or the folder of a model package").default(
        shippedModel,
        "the MobileNet-v1 of Streamscope",
      ),
    )
    .requiredOption(
      "-b, --board <name>",
      "U250, ZCU102 or ZCU104; thresholds are nodes of their own on the last two",
      parseBoard,
    )
    .option(
      "-f, --folding <file>",
      "a folding file of FINN; without it FINN's own if the network is its MobileNet-v1, else the smallest",
    )
    .option(
      "-t, --target-fps <fps>",
      "the cheapest folding whose nodes make so many frames a second; --folding gives its other attributes",
      parsePositive,
    )
    .option("--clock-ns <ns>", "clock period; the board's in FINN's example if left out", parsePositive)
    .option("-o, --out <folder>", "write the reports there; without it nothing is written", parseFolder)
    .addOption(
      new Option(
        "--widths <from>",
        "bits of sums and weights: by the real weights, or the worst case of their types; type-bound gives the figures that FINN's folding files were made with",
      )
        .choices(["from-weights", "type-bound"])
        .default("from-weights"),
    )
    .option("--preprocess <how>", "for ONNX files, as in compile", parsePreprocessing, "auto" as const)
    .addOption(
      new Option("--frames <n>", "how many frames to simulate, or steady: until they come at an even pace")
        .argParser(parseFrames)
        .default("until-steady", "steady"),
    )
    .option("--size-fifos", "the least FIFO depths that keep the full pace, in place of the folding's", false)
    .addOption(new Option("--no-simulate", "only estimate").conflicts(["frames", "sizeFifos"]))
    .option("--json", "print one JSON object in place of text", false)
    .option("--debug", "show where an error came from")
    .addHelpText("after", helpAfter)
    .action((model: string, flags: Flags) =>
      untilInterrupted((signal) => build(model, flags, output, signal)),
    );
}

const helpAfter = `
Writes into --out, with FINN's names and JSON:
  auto_folding_config.json, final_hw_config.json
  report/estimate_layer_cycles.json, report/estimate_layer_resources.json,
  report/estimate_network_performance.json, report/op_and_param_counts.json
and its own:
  report/simulated_performance.json, streamscope_build.json (what --json prints)

A board that is too small and a target that is missed are said on standard error;
the exit code is 0. It is 1 for an error, 130 after Ctrl-C.

Examples:
  streamscope build --board U250
  streamscope build model.onnx --board ZCU104 --target-fps 500 --size-fifos --out build`;

async function build(path: string, flags: Flags, output: Output, signal: AbortSignal): Promise<void> {
  const { board, out, widths } = flags;
  const clockNs = flags.clockNs ?? board.clockNs;
  const text = flags.json ? silent(output) : output;
  const print = (lines: readonly string[]) => {
    for (const line of lines) text.print(line);
  };
  const warnings: string[] = [];
  const warn = (sentence: string | null) => {
    if (sentence === null) return;
    warnings.push(sentence);
    print([sentence]);
  };
  // A folder that can not be used is better known at once.
  if (out !== undefined) await checkOutputFolder(out, buildFolder);

  const model = await readModel(path, { preprocessing: flags.preprocess, signal });
  const graph = board.standaloneThresholds ? withStandaloneThresholds(model.graph) : model.graph;
  const wish = { board, clockNs, widths, file: flags.folding, targetFps: flags.targetFps };
  const chosen = await chooseFolding(graph, wish);
  print(headLines(chosen, board, clockNs, model.notes));
  warn(chosen.missed);
  print(["", ...chartLines(chosen, output.screen ?? plainScreen), "", ...estimateLines(chosen, clockNs)]);

  const folding = flags.sizeFifos ? await sized(graph, chosen, widths, output, signal) : chosen;
  const taken = { nodes: layerResources(folding.folded), all: allResources(folding.folded) };
  const over = overCapacity(taken, board, { foldedToTarget: flags.targetFps !== undefined });
  print(["", ...resourceLines(taken, board)]);
  warn(over);

  let simulation: Simulation | null = null;
  if (flags.simulate) {
    simulation = await withProgress(output, "simulating", (onProgress) =>
      simulate(folding.folded, { frames: flags.frames, signal, onProgress }),
    );
    const { criticalPathCycles, throughputFps } = networkPerformance(folding.folded, clockNs);
    const { sizeFifos: sizedFifos, targetFps } = flags;
    print(["", ...simulationLines(simulation, { clockNs, criticalPathCycles, sizedFifos })]);
    warn(simulation.deadlock && describeDeadlock(simulation.deadlock));
    if (targetFps !== undefined) {
      warn(shortOfTarget(simulation, { targetFps, throughputFps, clockNs, sizedFifos }));
    }
  }
  throwIfAborted(signal);

  const simulated = simulation && simulatedPerformance(simulation, clockNs);
  const record = buildRecord({
    model,
    board,
    clockNs,
    widths,
    folding,
    simulated,
    taken,
    fits: over === null,
    warnings,
  });
  if (out !== undefined) {
    await writeBuildFolder(out, reportFiles(folding.folded, clockNs, simulated), record);
    print(["", `Wrote ${out}.`]);
  }
  if (flags.json) output.print(JSON.stringify(record));
  for (const sentence of warnings) output.complain(`Warning: ${sentence}`);
}

/** The folding with FIFOs just deep enough. */
async function sized(
  graph: DataflowGraph,
  chosen: ChosenFolding,
  widths: Widths,
  output: Output,
  signal: AbortSignal,
): Promise<ChosenFolding> {
  const { depths } = await withProgress(output, "sizing FIFOs", (onProgress) =>
    sizeFifos(chosen.folded, { signal, onProgress }),
  );
  const config = withFifoDepths(chosen.config, depths);
  return { ...chosen, config, folded: foldGraph(graph, config, { widths }) };
}

function parseFrames(text: string): number | "until-steady" {
  if (text === "steady") return "until-steady";
  if (!/^[1-9]\d*$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1, or "steady".');
  return Number(text);
}
