import { basename, posix } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { StreamscopeError } from "../src/graph/errors";
import { sha256Hex } from "../src/graph/package/sha256";
import { aboutFile } from "./about-file";
import { checkVector, readVector, type VectorCheck } from "./check-vector";
import { compileAndSummarise, compileReport, writeModelPackage } from "./compile";
import { untilInterrupted } from "./interrupt";
import { chooseOnnx } from "./onnx-member";
import { parseFolder, parsePositive } from "./option-values";
import { grouped, type Output, silent } from "./output";
import { checkOutputFolder } from "./output-folder";
import { packageFolder } from "./package-folder";
import { withProgress } from "./progress";
import { readLocation } from "./read-location";
import { nameOfFile } from "./read-model";
import { isZip, unzipEntry, zipEntries } from "./zip";

/** Where AMD keeps the models of FINN's examples; the examples' own scripts download from there. */
const officialUrl =
  "https://github.com/Xilinx/finn-examples/releases/download/v0.0.7a/onnx-models-mobilenetv1.zip";

/** What the official model says of its published input, as FINN's builds expect it. */
const officialTop5: readonly number[] = [391, 0, 395, 394, 389];

const maxDownloadBytes = 200e6;
const maxModelBytes = 500e6;
const longestTimerMs = 2 ** 31 - 1;

interface Flags {
  readonly url: string;
  readonly sha256?: string;
  readonly member?: string;
  readonly out?: string;
  readonly vector?: string;
  readonly expect?: readonly number[];
  readonly timeout: number;
  readonly json: boolean;
}

/** A model and the file it came in, which is itself or a zip. */
interface OfficialModel {
  readonly bytes: Uint8Array;
  /** The ONNX file's name, with the folders of the zip or of its address. */
  readonly name: string;
  readonly file: { readonly bytes: number; readonly sha256: string };
}

/** `streamscope fetch-official --out DIR`: the pretrained model of FINN's examples becomes a model package. */
export function fetchOfficialCommand(output: Output): Command {
  return new Command("fetch-official")
    .description("download the pretrained MobileNet-v1 of FINN's examples, compile it and check it")
    .option("--url <url>", "where the zip or ONNX file is: an address or a path", officialUrl)
    .option("--sha256 <hex>", "what the SHA-256 of the downloaded file must be", parseSha256)
    .option("--member <name>", "which .onnx file of the zip; FINN's, or the only one, if left out")
    .option("-o, --out <folder>", "write the package there; without it nothing is written", parseFolder)
    .option("--vector <input.npy>", "run this input, NCHW, integers 0..255, and compare the best classes")
    .option(
      "--expect <classes>",
      `the best classes for that input, best first (default: ${officialTop5})`,
      parseClasses,
    )
    .option("--timeout <seconds>", "give up when nothing arrives for so long", parsePositive, 30)
    .option("--json", "print one JSON object in place of text", false)
    .option("--debug", "show where an error came from")
    .action((flags: Flags) =>
      untilInterrupted((signal) =>
        fetchOfficial(flags, output, flags.json ? silent(output) : output, signal),
      ),
    );
}

async function fetchOfficial(flags: Flags, output: Output, text: Output, signal: AbortSignal): Promise<void> {
  const { url, out, expect = officialTop5 } = flags;
  if (flags.expect !== undefined && flags.vector === undefined) {
    throw new StreamscopeError("bad-input", "--expect needs --vector: the input that has these classes.");
  }
  // A folder or a vector that can not be used is better known before the download.
  if (out !== undefined) await checkOutputFolder(out, packageFolder);
  const vector =
    flags.vector === undefined ? undefined : await readVector(flags.vector).catch(aboutFile(flags.vector));

  const { bytes, name, file } = await fetchModel(flags, text, signal).catch(aboutFile(url));
  const sha256 = sha256Hex(bytes);
  text.print(`${name}: ${grouped(bytes.length)} bytes, SHA-256 ${sha256}`);
  text.print("");

  const compiled = await compileAndSummarise(bytes, name, { name: nameOfFile(name), signal }, text);
  const { result } = compiled;
  const checked =
    vector && (await checkVector(result.graph, vector, expect, signal).catch(aboutFile(flags.vector ?? "")));
  const agrees = checked?.agrees ?? true;
  if (checked?.agrees)
    text.print(`The best classes of ${flags.vector} are ${checked.found.join(", ")}, as expected.`);
  if (agrees) await writeModelPackage(result, { bytes, labels: null }, out, text);
  if (flags.json) {
    const source = { url, ...file, model: { name, bytes: bytes.length, sha256 } };
    const written = agrees ? out : undefined;
    output.print(JSON.stringify({ source, ...compileReport(compiled, written), vector: checked ?? null }));
  }
  if (checked && !agrees) throw differs(flags.vector ?? "", checked);
}

/** Downloads the file, shows and checks its SHA-256, and takes the model out of it. */
async function fetchModel(flags: Flags, text: Output, signal: AbortSignal): Promise<OfficialModel> {
  const { url, member } = flags;
  const file = await withProgress(text, "downloading", (onProgress) =>
    readLocation(url, {
      maxBytes: maxDownloadBytes,
      stallMs: Math.min(flags.timeout * 1000, longestTimerMs),
      onProgress: (received, total) => onProgress(total ? received / total : 0),
      signal,
    }),
  );
  const sha256 = sha256Hex(file);
  text.print(`${url}: ${grouped(file.length)} bytes, SHA-256 ${sha256}`);
  if (isWebPage(file)) {
    throw new StreamscopeError(
      "network",
      "This is a web page, not a zip or ONNX file. Check the address; the network may ask you to sign in first.",
    );
  }
  if (flags.sha256 !== undefined && sha256 !== flags.sha256) {
    throw new StreamscopeError(
      "bad-input",
      `The SHA-256 is ${sha256}, not ${flags.sha256}: this is another file, or it was altered on its way. Nothing was written.`,
    );
  }
  const source = { bytes: file.length, sha256 };
  if (!isZip(file)) return { bytes: file, name: lastPart(url), file: source };
  const entry = chooseOnnx(zipEntries(file), member);
  return { bytes: unzipEntry(file, entry, maxModelBytes), name: entry.name, file: source };
}

/** `net.onnx` of `https://example.org/net.onnx?raw=1` or of a path. */
function lastPart(location: string): string {
  return /^https?:/i.test(location) ? posix.basename(new URL(location).pathname) : basename(location);
}

/** What a server sends for a model that one must sign in for, or a network for anything. */
function isWebPage(bytes: Uint8Array): boolean {
  return /^\s*<(!doctype html|html)\b/i.test(new TextDecoder().decode(bytes.subarray(0, 256)));
}

function differs(file: string, { expected, found }: VectorCheck): StreamscopeError {
  return new StreamscopeError(
    "bad-input",
    `The best classes of ${file} are ${found.join(", ")}, but ${expected.join(", ")} are expected; nothing was written.`,
  );
}

function parseSha256(text: string): string {
  const hex = text.trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new InvalidArgumentError("It must be 64 hexadecimal digits.");
  return hex;
}

function parseClasses(text: string): readonly number[] {
  const classes = text.split(",");
  if (!classes.every((label) => /^\s*\d+\s*$/.test(label))) {
    throw new InvalidArgumentError("It must be class numbers with commas between, as 391,0,395.");
  }
  return classes.map(Number);
}
