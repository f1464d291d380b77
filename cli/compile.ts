import { Command } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { type CompileOptions, type CompileResult, compile } from "../src/compiler/compile";
import type { PassStep } from "../src/compiler/pass";
import { type GraphSummary, summarise } from "../src/compiler/summary";
import { StreamscopeError } from "../src/graph/errors";
import { sha256Hex } from "../src/graph/package/sha256";
import { type PackageFiles, writePackage } from "../src/graph/package/write";
import { aboutFile } from "./about-file";
import { parseCount, parseFolder } from "./option-values";
import { grouped, type Output, silent } from "./output";
import { checkOutputFolder } from "./output-folder";
import { packageFolder, writePackageFolder } from "./package-folder";
import { parsePreprocessing } from "./preprocessing";
import { readNamedFile, readNamedText } from "./read-file";
import { nameOfFile } from "./read-model";
import { readVectors, type VectorReport, verifyVectors } from "./verify-vectors";

interface Flags {
  readonly out?: string;
  readonly name?: string;
  readonly labels?: string;
  readonly preprocess: NonNullable<CompileOptions["preprocessing"]>;
  readonly topK?: number;
  readonly standaloneThresholds: boolean;
  readonly verify?: string;
  readonly json: boolean;
}

/** `streamscope compile MODEL.onnx --out DIR`: an ONNX file becomes a model package. */
export function compileCommand(output: Output): Command {
  return new Command("compile")
    .description("compile an ONNX model (FINN-ONNX or QONNX) into a model package")
    .argument("<model.onnx>", "the model to compile")
    .option("-o, --out <folder>", "write the package there; without it nothing is written", parseFolder)
    .option("--name <name>", "name of the network; the file's name if left out")
    .option("--labels <file>", "names of the classes, one a line")
    .option(
      "--preprocess <how>",
      "for models that do not say which integers they read: auto, none (they read 0..255 as it is) or RANGE:MEANS:DEVIATIONS, as 255:0.485,0.456,0.406:0.226",
      parsePreprocessing,
      "auto" as const,
    )
    .option("--top-k <k>", "how many of the best classes to put out", parseCount)
    .option("--standalone-thresholds", "thresholds as nodes of their own, as in FINN's Zynq builds", false)
    .option("--verify <vectors.json>", "check every layer against checksums before anything is written")
    .option("--json", "print one JSON object in place of text", false)
    .option("--debug", "show where an error came from")
    .action((file: string, flags: Flags) =>
      compileFile(file, flags, flags.json ? silent(output) : output, output),
    );
}

async function compileFile(file: string, flags: Flags, text: Output, output: Output): Promise<void> {
  const { out, preprocess, standaloneThresholds, topK } = flags;
  // A folder that can not be used, or vectors that can not be read, are better known at once.
  if (out !== undefined) await checkOutputFolder(out, packageFolder);
  const labels = flags.labels === undefined ? null : await readLabels(flags.labels);
  const vectors = flags.verify === undefined ? undefined : await readVectors(flags.verify);

  const bytes = await readNamedFile(file);
  const compiled = await compileAndSummarise(
    bytes,
    file,
    {
      name: flags.name ?? nameOfFile(file),
      preprocessing: preprocess,
      standaloneThresholds,
      ...(topK === undefined ? {} : { topK }),
    },
    text,
  );
  const { result } = compiled;

  let verified: VectorReport | undefined;
  if (vectors) {
    verified = await verifyVectors(result.graph, vectors, (line) => text.print(line));
    if (verified.differing > 0) {
      throw new StreamscopeError(
        "bad-input",
        `${verified.differing} of ${verified.checked} checksums of ${flags.verify} differ; nothing was written.`,
      );
    }
    text.print(`All ${verified.checked} checksums of ${flags.verify} agree.`);
  }

  await writeModelPackage(result, { bytes, labels }, out, text);
  if (flags.json)
    output.print(JSON.stringify({ ...compileReport(compiled, out), verified: verified ?? null }));
}

/** A compiled model and what there is to say about it. */
export interface Compiled {
  readonly result: CompileResult;
  readonly summary: GraphSummary;
}

/** Compiles a model, and prints its passes and a summary. Throws what `compile` throws, with the file's name in front. */
export async function compileAndSummarise(
  bytes: Uint8Array,
  file: string,
  options: CompileOptions,
  text: Output,
): Promise<Compiled> {
  text.print(`${"pass".padEnd(40)} nodes (-: nothing to do)`);
  const result = await compile(bytes, { ...options, onPass: (step) => text.print(stepLine(step)) }).catch(
    aboutFile(file),
  );
  const summary = summarise(result.graph);
  for (const line of summaryLines(result, summary)) text.print(line);
  return { result, summary };
}

/** What a model was compiled from: the ONNX file, and the names of its classes if there are any. */
export interface PackageSource {
  readonly bytes: Uint8Array;
  readonly labels: readonly string[] | null;
}

/** The package of a compiled model. Throws `bad-input` if the names are not one a class. */
export function packageOf(result: CompileResult, { bytes, labels }: PackageSource): PackageFiles {
  checkLabels(labels, result);
  return writePackage(result.graph, {
    compiler: `streamscope ${packageJson.version}`,
    sourceSha256: sha256Hex(bytes),
    labels,
  });
}

/** Makes a package of a compiled model, and writes it if there is a folder to write it to. */
export async function writeModelPackage(
  result: CompileResult,
  source: PackageSource,
  out: string | undefined,
  text: Output,
): Promise<void> {
  const files = packageOf(result, source);
  if (out === undefined) return;
  await writePackageFolder(out, files);
  text.print(`Wrote ${out}: ${grouped(Buffer.byteLength(files.manifest) + files.binary.length)} bytes.`);
}

/** What the last pass leaves beside the hardware nodes, as `Flatten`: it stays with the host. */
function hostOperators({ graph, steps }: CompileResult): string[] {
  const kinds = new Set<string>(graph.nodes.map((node) => node.kind));
  return [...(steps.at(-1)?.opCounts.keys() ?? [])].filter((op) => !kinds.has(op.replace(/_(hls|rtl)$/, "")));
}

function stepLine({ name, changed, nodesBefore, nodesAfter }: PassStep): string {
  const counts = nodesBefore === nodesAfter ? String(nodesAfter) : `${nodesBefore} -> ${nodesAfter}`;
  return `${name.padEnd(40)} ${changed ? counts : "-"}`;
}

function summaryLines(result: CompileResult, summary: GraphSummary): string[] {
  const { graph, notes, nearTies } = result;
  const host = hostOperators(result);
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([key, count]) => `${grouped(count)} ${key}`).join(" + ");
  return [
    "",
    `${graph.name}: ${graph.nodes.length} nodes`,
    `  ${list(summary.nodesByKind)}`,
    `  input       ${graph.input.shape.join("x")} ${graph.input.datatype.name}`,
    `  MACs        ${grouped(summary.macs)} = ${list(summary.macsByType)}`,
    `  weights     ${grouped(summary.weights)} = ${list(summary.weightsByType)}`,
    `  thresholds  ${grouped(summary.thresholds)}, ${grouped(nearTies)} of them within rounding of an integer`,
    ...(host.length ? [`  on the host ${host.join(", ")}`] : []),
    ...notes.map((note) => `  note        ${note}`),
  ];
}

/** What `--json` says of a compiled model. */
export function compileReport({ result, summary }: Compiled, out: string | undefined) {
  const { graph, steps, notes, nearTies } = result;
  return {
    name: graph.name,
    input: { shape: graph.input.shape, datatype: graph.input.datatype.name },
    nodes: graph.nodes.map(({ name, kind }) => ({ name, kind })),
    passes: steps.map(({ name, changed, nodesBefore, nodesAfter }) => ({
      name,
      changed,
      nodesBefore,
      nodesAfter,
    })),
    macs: summary.macs,
    macsByType: Object.fromEntries(summary.macsByType),
    weights: summary.weights,
    weightsByType: Object.fromEntries(summary.weightsByType),
    thresholds: summary.thresholds,
    nearTies,
    notes,
    out: out ?? null,
  };
}

/** The names of the classes, one a line. */
export async function readLabels(file: string): Promise<string[]> {
  const lines = (await readNamedText(file)).split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function checkLabels(labels: readonly string[] | null, { graph }: CompileResult): void {
  const last = graph.nodes.at(-1);
  const classes = last?.kind === "LabelSelect" ? last.labels : 0;
  if (labels && labels.length !== classes) {
    throw new StreamscopeError(
      "bad-input",
      `The labels file has ${labels.length} lines, but the network has ${classes} classes.`,
    );
  }
}
