import * as v from "valibot";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import {
  type SyntheticImage,
  syntheticImage,
  syntheticImages,
} from "../src/emulator/vectors/synthetic-images";
import { checksum, type Vector, vectorNodes, vectorOf } from "../src/emulator/vectors/vector";
import { type DataflowGraph, sizeOf } from "../src/graph/dataflow";
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
  const layers = vectorNodes(graph);
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
      const result = await engine.run(input, { taps: layers.map((layer) => layer.name) });
      const found = vectorOf(graph, result);
      const check = (what: string, actual: unknown, expected: unknown) => {
        const agrees = JSON.stringify(actual) === JSON.stringify(expected);
        checked++;
        if (!agrees) differing++;
        print(`${name.padEnd(8)} ${what.padEnd(28)} ${agrees ? "ok" : "differs"}`);
      };
      check("input", checksum(input), vector.input_crc32);
      if (layers.length !== vector.activations.length) {
        check(
          `${layers.length} layers, not ${vector.activations.length}`,
          layers.length,
          vector.activations.length,
        );
      }
      vector.activations.forEach((expected, i) => {
        const layer = layers[i];
        if (layer) check(layer.name, found.activations[i], expected);
      });
      check("logits", found.logits_crc32_int32le, vector.logits_crc32_int32le);
      check("classes", found.top5, vector.top5);
      check("best logits", found.top5_logits, vector.top5_logits);
    }
  } finally {
    engine.dispose();
  }
  return { checked, differing };
}
