import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { readManifest, readPackage } from "../src/graph/package/read";
import { writePackage } from "../src/graph/package/write";

const shipped = "public/models/mobilenetv1-w4a4";
const source = gunzipSync(readFileSync("fixtures/models/mobilenetv1-w4a4_pre_post_tidy.onnx.gz"));

test("the shipped package is, byte for byte, what the compiler makes of the trained ONNX file", async () => {
  const manifest = readManifest(readFileSync(`${shipped}/manifest.json`, "utf8"));
  const binary = new Uint8Array(readFileSync(`${shipped}/weights.bin`));
  const { labels, sourceSha256, compiler } = readPackage(manifest, binary);
  const { graph } = await compile(new Uint8Array(source), { name: "mobilenetv1-w4a4" });
  const files = writePackage(graph, { labels, sourceSha256, compiler });
  expect(JSON.parse(files.manifest)).toEqual(manifest);
  expect(Buffer.compare(Buffer.from(files.binary), Buffer.from(binary))).toBe(0);
  expect(files.manifest.length + files.binary.length).toBeLessThan(3_000_000);
});
