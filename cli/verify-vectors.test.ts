import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import crc32 from "crc-32";
import { expect, test } from "vitest";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import { mobilenetShaped } from "../src/emulator/testing/mobilenet";
import { syntheticImage } from "../src/emulator/vectors/synthetic-images";
import type { DataflowGraph } from "../src/graph/dataflow";
import { readVectors, type Vectors, verifyVectors } from "./verify-vectors";

/** A thin network that takes the synthetic images. */
const graph = mobilenetShaped({ seed: 1, width: 1 / 32, classes: 10 });

/** Checksums of a network's layers on one image, taken here in another way than the code under test does. */
async function vectorsOf(network: DataflowGraph): Promise<Vectors> {
  const layers = network.nodes
    .filter(({ name }) => /^(MVAU_hls|VVAU|Pool)/.test(name))
    .map(({ name }) => name);
  const input = syntheticImage("ramp");
  const { taps, logits, top } = await (await createReferenceEngine(network)).run(input, { taps: layers });
  const activations = layers.map((layer) => {
    const { shape, data } = taps.get(layer)!;
    const bytes = Buffer.from(Array.from(data));
    return {
      shape: shape.slice(1),
      sum: bytes.reduce((sum, byte) => sum + byte, 0),
      crc32_nhwc_uint8: crc32.buf(bytes) >>> 0,
    };
  });
  const bytes = Buffer.alloc(logits.length * 4);
  for (const [i, logit] of logits.entries()) bytes.writeInt32LE(logit, i * 4);
  return new Map([
    [
      "ramp",
      {
        input_crc32: crc32.buf(input) >>> 0,
        top5: top.map(({ index }) => index),
        top5_logits: top.map(({ logit }) => logit),
        activations,
        logits_crc32_int32le: crc32.buf(bytes) >>> 0,
      },
    ],
  ]);
}

test("a network agrees with its own checksums", async () => {
  const lines: string[] = [];
  const report = await verifyVectors(graph, await vectorsOf(graph), (line) => lines.push(line));
  // The input, 27 layers, the pool, the logits, the classes and their logits.
  expect(report).toEqual({ checked: 32, differing: 0 });
  expect(lines).toHaveLength(32);
  expect(lines.every((line) => line.endsWith(" ok"))).toBe(true);
});

test("one altered threshold shows in its layer", async () => {
  const vectors = await vectorsOf(graph);
  const altered = structuredClone(graph);
  const unit = altered.nodes.find(({ name }) => name === "VVAU_hls_2");
  if (unit?.kind === "VVAU") unit.activation?.thresholds.data.fill(0, 0, 15);
  const lines: string[] = [];
  const { differing } = await verifyVectors(altered, vectors, (line) => lines.push(line));
  expect(differing).toBeGreaterThan(0);
  expect(lines.find((line) => line.endsWith("differs"))).toMatch(/^ramp +VVAU_hls_2 /);
});

test("too few layers are a difference", async () => {
  const vectors = await vectorsOf(graph);
  const shortened = new Map(
    [...vectors].map(([name, vector]) => [name, { ...vector, activations: vector.activations.slice(0, -1) }]),
  );
  expect((await verifyVectors(graph, shortened, () => {})).differing).toBe(vectors.size);
});

test("reads a vectors file, and refuses what is none", async () => {
  const file = fileURLToPath(new URL("../fixtures/vectors/mobilenetv1-w4a4.json", import.meta.url));
  expect((await readVectors(file)).get("waves")?.activations).toHaveLength(28);
  const folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  try {
    const other = join(folder, "other.json");
    await writeFile(other, '{"waves":{"input_crc32":1}}');
    await expect(readVectors(other)).rejects.toMatchObject({ code: "bad-input" });
    // Nothing to compare would agree with everything.
    await writeFile(other, "{}");
    await expect(readVectors(other)).rejects.toThrow("holds no vectors");
  } finally {
    await rm(folder, { recursive: true });
  }
});
