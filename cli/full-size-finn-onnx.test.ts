import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import type { SyntheticImage } from "../src/emulator/vectors/synthetic-images";
import { shippedGraph } from "../src/hardware/testing/shipped-graph";
import { readVectors, verifyVectors } from "./verify-vectors";

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));

/** Edges, slopes and noise; in the first, a threshold that is off by one may change the classes' order. */
const images: SyntheticImage[] = ["checker", "waves", "lcg1"];

/** The project's first network. Its vectors were not made by this compiler and these engines. */
const file = fixture("models/mobilenetv1-w4a4_pre_post_tidy.onnx.gz");

test("MobileNet-v1 in FINN's own dialect, at its full size, has the integers of its vectors at every layer", async () => {
  const { graph } = await compile(gunzipSync(readFileSync(file)), { name: "first-run" });
  const shape = (name: string, size: readonly number[]) => `${name} ${size.join("x")}`;
  const nodes = ({ nodes }: typeof graph) => nodes.map(({ name, output }) => shape(name, output.shape));
  expect(nodes(graph)).toEqual(nodes(shippedGraph()));

  const all = await readVectors(fixture("vectors/first-run-finn-onnx.json"));
  const vectors = new Map(images.map((name) => [name, all.get(name)!]));
  // Of each image the input, 27 layers, the pool, the logits, the classes and their logits.
  expect(await verifyVectors(graph, vectors, () => {})).toEqual({
    checked: 32 * images.length,
    differing: 0,
  });
});
