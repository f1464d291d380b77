import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { readManifest } from "../src/graph/package/read";
import { packageOf, readLabels } from "./compile";

const shipped = "public/models/mobilenetv1-w4a4";
const source = gunzipSync(readFileSync("fixtures/models/mobilenetv1-w4a4_qonnx.onnx.gz"));

test("the shipped package is, byte for byte, what the compiler makes of the exported QONNX file", async () => {
  const manifest = readFileSync(`${shipped}/manifest.json`, "utf8");
  const binary = readFileSync(`${shipped}/weights.bin`);
  const result = await compile(source, { name: "mobilenetv1-w4a4" });
  const files = packageOf(result, { bytes: source, labels: await readLabels(`${shipped}/labels.txt`) });
  expect(JSON.parse(files.manifest)).toEqual(readManifest(manifest));
  expect(files.manifest).toBe(manifest);
  expect(Buffer.compare(files.binary, binary)).toBe(0);
  expect(files.manifest.length + files.binary.length).toBeLessThan(3_000_000);
});
