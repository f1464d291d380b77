import { expect, test } from "vitest";
import { writePackage } from "../graph/package/write";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { loadFromSource, ownPackage } from "./load-from-source";
import { sourceId } from "./package-source";

const files = writePackage(tinyGraph(), { compiler: "test", labels: ["a", "b", "c"] });

test("a user's own package is loaded from its files, and is named by its checksum", async () => {
  const own = ownPackage(files);
  const stages: string[] = [];
  const { modelPackage } = await loadFromSource({ own }, { onProgress: (stage) => stages.push(stage) });
  expect(modelPackage.graph).toEqual(tinyGraph());
  expect(modelPackage.labels).toEqual(["a", "b", "c"]);
  expect(modelPackage.checksum).toBe(own.checksum);
  expect(sourceId({ own })).toBe(own.checksum);
  expect(stages).toEqual(["checks"]);
});

test("one that was damaged in the browser's store is refused", async () => {
  const own = ownPackage(files);
  const cut = { ...own, binary: own.binary.slice(0, 8) };
  await expect(loadFromSource({ own: cut })).rejects.toMatchObject({ code: "bad-package" });
});

test("a package of the site is fetched by its manifest's address", async () => {
  const manifestUrl = "https://example.test/models/tiny/manifest.json";
  const fetch = (async (url: string) =>
    new Response(url === manifestUrl ? files.manifest : files.binary.slice())) as typeof globalThis.fetch;
  expect((await loadFromSource({ manifestUrl }, { fetch })).modelPackage.graph).toEqual(tinyGraph());
  expect(sourceId({ manifestUrl })).toBe(manifestUrl);
});

test("an abort ends it with `aborted`", async () => {
  const loading = loadFromSource({ own: ownPackage(files) }, { signal: AbortSignal.abort() });
  await expect(loading).rejects.toMatchObject({ code: "aborted" });
});
