import { Argument, Command } from "commander";
import type { CompileOptions } from "../src/compiler/compile";
import type { DataflowGraph } from "../src/graph/dataflow";
import { StreamscopeError } from "../src/graph/errors";
import type { Board } from "../src/hardware/boards";
import { allResources, layerResources } from "../src/hardware/estimate";
import { withStandaloneThresholds } from "../src/hardware/standalone-thresholds";
import { overCapacity } from "./build/capacity";
import { chooseFolding } from "./build/choose-folding";
import { exportFiles, setsFifoDepths } from "./export-finn/export-files";
import { sampleOf } from "./export-finn/sample";
import { untilInterrupted } from "./interrupt";
import { parseBoard, parseFolder } from "./option-values";
import { grouped, type Output, silent } from "./output";
import { checkOutputFolder, type FolderKind, writeOutputFolder } from "./output-folder";
import { parsePreprocessing } from "./preprocessing";
import { readModel, shippedModel } from "./read-model";

interface Flags {
  readonly board: Board;
  readonly out: string;
  readonly folding?: string;
  readonly preprocess: NonNullable<CompileOptions["preprocessing"]>;
  readonly json: boolean;
}

/** `streamscope export-finn MODEL --board U250 --out DIR`: all that FINN needs to build the bitfile. */
export function exportFinnCommand(output: Output): Command {
  return new Command("export-finn")
    .description(
      "write what FINN 0.10 needs to build a network's bitfile: ONNX, folding, build script, README",
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
    .requiredOption("-o, --out <folder>", "write there; it must be new or empty", parseFolder)
    .option(
      "-f, --folding <file>",
      "a folding file of FINN, such as final_hw_config.json of the build command; without it FINN's own if the network is its MobileNet-v1, else the smallest",
    )
    .option("--preprocess <how>", "for ONNX files, as in compile", parsePreprocessing, "auto" as const)
    .option("--json", "print one JSON object in place of text", false)
    .option("--debug", "show where an error came from")
    .addHelpText("after", helpAfter)
    .action((model: string, flags: Flags) =>
      untilInterrupted((signal) => exportFinn(model, flags, output, signal)),
    );
}

const helpAfter = `
Writes into --out:
  model.onnx                     the network in FINN's dialect, integers only
  BOARD_folding_config.json      BOARD_specialize_layers.json
  build.py                       the build, for FINN 0.10's builder
  verify.py, input.npy, expected_output.npy   a check of model.onnx with qonnx
  README.md                      what to run, and what comes out

A board that is too small is said on standard error; the exit code is 0. It is 1
for an error, 130 after Ctrl-C.

Examples:
  streamscope export-finn --board U250 --out u250
  streamscope build model.onnx --board ZCU104 --target-fps 200 --size-fifos --out reports
  streamscope export-finn model.onnx --board ZCU104 --folding reports/final_hw_config.json --out zcu104`;

/** An export goes to a folder of its own: a build may already have put hours of work beside an earlier one. */
const emptyFolder: FolderKind = {
  what: "export",
  earlierFiles: async (folder) => {
    throw new StreamscopeError("bad-input", `${folder} is not empty. Choose an empty folder or a new name.`, {
      folder,
    });
  },
};

async function exportFinn(path: string, flags: Flags, output: Output, signal: AbortSignal): Promise<void> {
  const { board, out } = flags;
  const text = flags.json ? silent(output) : output;
  // A folder that can not be used is better known at once.
  await checkOutputFolder(out, emptyFolder);

  const model = await readModel(path, { preprocessing: flags.preprocess, signal });
  const graph = board.standaloneThresholds ? withStandaloneThresholds(model.graph) : model.graph;
  refuseBipolarThresholds(graph, board);
  const { clockNs } = board;
  const chosen = await chooseFolding(graph, { board, clockNs, widths: "from-weights", file: flags.folding });
  const { config, folded, from, why } = chosen;
  const over = overCapacity({ nodes: layerResources(folded), all: allResources(folded) }, board);

  const sample = await sampleOf(graph, signal);
  const files = await exportFiles({ graph, board, folding: config, why, sample });
  await writeOutputFolder(out, files, emptyFolder);

  text.print(`${graph.name} for FINN 0.10 on ${board.name} (${board.part}), ${clockNs} ns a cycle`);
  text.print(`  folding   ${why}`);
  if (!setsFifoDepths(config)) text.print("  FIFOs     not in the folding: FINN will simulate to size them");
  for (const note of model.notes) text.print(`  note      ${note}`);
  text.print(`  sample    classes ${sample.classes.join(", ")}`);
  text.print("");
  for (const [file, content] of files)
    text.print(`  ${file.padEnd(32)} ${grouped(Buffer.byteLength(content)).padStart(12)} bytes`);
  text.print("");
  text.print(`Wrote ${out}. README.md there says what to run.`);
  if (flags.json) {
    const report = {
      name: graph.name,
      board: { name: board.name, part: board.part },
      clock_ns: clockNs,
      folding: { from, why, sets_fifo_depths: setsFifoDepths(config) },
      source_sha256: model.sourceSha256,
      notes: model.notes,
      sample_classes: sample.classes,
      files: [...files.keys()],
      warnings: over === null ? [] : [over],
      out,
    };
    output.print(JSON.stringify(report));
  }
  if (over !== null) output.complain(`Warning: ${over}`);
}

/** FINN refuses such a file only when it has worked on it for a while, and by a number that the file does not have. */
function refuseBipolarThresholds(graph: DataflowGraph, board: Board): void {
  const bipolar = graph.nodes.find(
    ({ kind, output }) => kind === "Thresholding" && output.datatype.name === "BIPOLAR",
  );
  if (!bipolar) return;
  const { name, kind } = bipolar;
  throw new StreamscopeError(
    "unsupported-model",
    `${name} (${kind}): FINN builds BIPOLAR thresholds inside MVAU and VVAU only, but for the ${board.name} they are a node of their own here.`,
    { node: name, op: kind },
  );
}
