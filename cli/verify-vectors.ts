import crc32 from "crc-32";
import * as v from "valibot";
import type { Tap } from "../src/emulator/engine";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import {
  type SyntheticImage,
  syntheticImage,
  syntheticImages,
} from "../src/emulator/testing/synthetic-images";
import { type DataflowGraph, type DataflowNode, type IntegerArray, sizeOf } from "../src/graph/dataflow";
import { StreamscopeError } from "../src/graph/errors";
import { readNamedText } from "./read-file";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const vectorSchema = v.object({
  input_crc32: count,
  top5: v.array(count),
  top5_logits: v.array(v.pipe(v.number(), v.integer())),
  /** Outputs of the nodes with thresholds, and of the pool, in stream order: NHWC, one byte a value. */
  activations: v.array(v.object({ shape: v.array(count), sum: count, crc32_nhwc_uint8: count })),
  logits_crc32_int32le: count,
});
const vectorsSchema = v.record(v.picklist(syntheticImages), vectorSchema);

type Vector = v.InferOutput<typeof vectorSchema>;
export type Vectors = ReadonlyMap<SyntheticImage, Vector>;

/** How many checksums were compared, and how many differ. */
export interface VectorReport {
  readonly checked: number;
  readonly differing: number;
}

/** Reads checksums of a network's layers on synthetic images. Throws `bad-input`. */
export async function readVectors(file: string): Promise<Vectors> {
  let json: unknown;
  try {
    json = JSON.parse(await readNamedText(file));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new StreamscopeError("bad-input", `${file} is no JSON.`, { file }, { cause });
  }
  const parsed = v.safeParse(vectorsSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new StreamscopeError(
      "bad-input",
      `${file} holds no vectors: ${v.getDotPath(issue) ?? "it"}: ${issue.message}.`,
      { file },
    );
  }
  if (Object.keys(parsed.output).length === 0) {
    throw new StreamscopeError("bad-input", `${file} holds no vectors: it is empty.`, { file });
  }
  return new Map(Object.entries(parsed.output) as [SyntheticImage, Vector][]);
}

/** Runs the graph on the vectors' images by the reference engine, and compares every layer, the logits and the classes. */
export async function verifyVectors(
  graph: DataflowGraph,
  vectors: Vectors,
  print: (line: string) => void,
): Promise<VectorReport> {
  const layers = graph.nodes.filter(hasActivation);
  const engine = await createReferenceEngine(graph);
  let checked = 0;
  let differing = 0;
  try {
    for (const [name, vector] of vectors) {
      const input = syntheticImage(name);
      if (input.length !== sizeOf(graph.input.shape)) {
        throw new StreamscopeError(
          "bad-input",
          `The vectors belong to another network: their images have ${input.length} values, but ${graph.name} reads ${graph.input.shape.join("x")}.`,
        );
      }
      const { taps, logits, top } = await engine.run(input, { taps: layers.map((layer) => layer.name) });
      const check = (what: string, agrees: boolean) => {
        checked++;
        if (!agrees) differing++;
        print(`${name.padEnd(8)} ${what.padEnd(28)} ${agrees ? "ok" : "differs"}`);
      };
      check("input", crc(input) === vector.input_crc32);
      if (layers.length !== vector.activations.length) {
        check(`${layers.length} layers, not ${vector.activations.length}`, false);
      }
      vector.activations.forEach((expected, i) => {
        const layer = layers[i];
        const tap = layer && taps.get(layer.name);
        if (layer) check(layer.name, tap !== undefined && sameActivation(tap, expected));
      });
      check("logits", crc(littleEndian(logits)) === vector.logits_crc32_int32le);
      check("classes", top.map(({ index }) => index).join() === vector.top5.join());
      check("best logits", top.map(({ logit }) => logit).join() === vector.top5_logits.join());
    }
  } finally {
    engine.dispose();
  }
  return { checked, differing };
}

/** Nodes whose outputs are activations, not sums or windows. */
function hasActivation(node: DataflowNode): boolean {
  return node.kind === "Pool" || ("activation" in node && node.activation !== null);
}

function sameActivation({ shape, data }: Tap, expected: Vector["activations"][number]): boolean {
  return (
    shape.slice(-expected.shape.length).join() === expected.shape.join() &&
    sumOf(data) === expected.sum &&
    crc(Uint8Array.from(data)) === expected.crc32_nhwc_uint8
  );
}

function sumOf(data: IntegerArray): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum;
}

function littleEndian(values: Int32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    bytes.setInt32(i * 4, value, true);
  });
  return new Uint8Array(bytes.buffer);
}

function crc(bytes: Uint8Array): number {
  return crc32.buf(bytes) >>> 0;
}
