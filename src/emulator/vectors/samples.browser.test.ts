import { afterAll, beforeAll, describe, expect, it } from "vitest";
import tops from "../../../fixtures/samples/top5.json";
import type { CreateEngine, Engine } from "../engine";
import { createOrtEngine } from "../ort/engine";
import { shippedPackage } from "../testing/shipped-package";
import { createWebGpuEngine } from "../webgpu/engine";

type Photo = keyof typeof tops;
const photos = Object.keys(tops) as Photo[];

/** What of a photo goes into the network, as Pillow has it (`fixtures/samples`). */
async function inputOf(photo: Photo): Promise<Uint8Array> {
  const response = await fetch(`/fixtures/samples/${photo.replace(".jpg", ".bin.gz")}`);
  // Vite serves it with its encoding, so that it comes unzipped.
  return new Uint8Array(await response.arrayBuffer());
}

const engines: [string, CreateEngine][] = [
  ["ort", createOrtEngine],
  ["webgpu", createWebGpuEngine],
];

describe.each(engines)("%s on the sample photos", (_, createEngine) => {
  let labels: readonly string[] | null;
  let engine: Engine;
  beforeAll(async () => {
    const shipped = await shippedPackage();
    labels = shipped.labels;
    engine = await createEngine(shipped.graph);
  });
  afterAll(() => engine?.dispose());

  it.each(photos)("%s: the five best classes and their logits", async (photo) => {
    const { top } = await engine.run(await inputOf(photo));
    const named = top.map(({ index, logit }) => ({ index, label: labels?.[index], logit }));
    expect(named).toEqual(tops[photo].top5);
  });
});
