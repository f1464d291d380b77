import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writePackage } from "../src/graph/package/write";
import { tinyGraph } from "../src/graph/testing/tiny-graph";
import { writePackageFolder } from "./package-folder";
import { readModel, shippedModel } from "./read-model";

const fixture = (file: string) => fileURLToPath(new URL(`../fixtures/onnx/${file}`, import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("an ONNX file is compiled, and called as the file is", async () => {
  const { graph, sourceSha256, notes } = await readModel(fixture("mnv1_qonnx.onnx"));
  expect(graph.name).toBe("mnv1_qonnx");
  expect(graph.nodes).toHaveLength(59);
  expect(sourceSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(notes.join()).toContain("pre-processing was put in front");
});

test("a package is read, and knows the file it came from", async () => {
  await writePackageFolder(
    folder,
    writePackage(tinyGraph(), { compiler: "test", sourceSha256: "0".repeat(64) }),
  );
  expect(await readModel(folder)).toEqual({ graph: tinyGraph(), sourceSha256: "0".repeat(64), notes: [] });
});

test("the app's network is found from everywhere", async () => {
  expect((await readModel(shippedModel)).graph).toMatchObject({ name: "mobilenetv1-w4a4" });
});

test("what can not be read is called by its name", async () => {
  const damaged = fixture("refuse_truncated.onnx");
  await expect(readModel(damaged)).rejects.toMatchObject({
    code: "bad-model",
    message: expect.stringContaining(`${damaged}: `),
  });
  await expect(readModel(join(folder, "nowhere.onnx"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readModel(folder)).rejects.toMatchObject({ path: join(folder, "manifest.json") });
  await writeFile(join(folder, "manifest.json"), "{}");
  await expect(readModel(folder)).rejects.toMatchObject({ code: "bad-package" });
});

test("a signal stops it", async () => {
  const signal = AbortSignal.abort();
  await expect(readModel(fixture("mnv1_qonnx.onnx"), { signal })).rejects.toMatchObject({ code: "aborted" });
});
