import { afterAll, beforeAll, describe, expect, it } from "vitest";
import vectors from "../../../fixtures/vectors/mobilenetv1-w4a4.json";
import type { DataflowGraph } from "../../graph/dataflow";
import type { CreateEngine, Engine } from "../engine";
import { createOrtEngine } from "../ort/engine";
import { createReferenceEngine } from "../reference/engine";
import { shippedPackage } from "../testing/shipped-package";
import { createWebGpuEngine } from "../webgpu/engine";
import { syntheticImage, syntheticImages } from "./synthetic-images";
import { type Vector, vectorNodes, vectorOf } from "./vector";

const engines: [string, CreateEngine][] = [
  ["reference", createReferenceEngine],
  ["ort", createOrtEngine],
  ["webgpu", createWebGpuEngine],
];

describe.each(engines)("%s on the shipped model", (_, createEngine) => {
  let graph: DataflowGraph;
  let engine: Engine;
  beforeAll(async () => {
    ({ graph } = await shippedPackage());
    engine = await createEngine(graph);
  });
  afterAll(() => engine?.dispose());

  it.each(syntheticImages)("%s: every layer, the logits, the classes", async (image) => {
    const { input_crc32: _, ...expected }: Vector = vectors[image];
    const taps = vectorNodes(graph).map((node) => node.name);
    const result = await engine.run(syntheticImage(image), { taps });
    expect(vectorOf(graph, result)).toEqual(expected);
  });
});
