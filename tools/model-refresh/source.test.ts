import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packSource, readSource } from "./source";

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 5);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a source is read as it is, or unzipped", async () => {
  const file = join(folder, "model");
  await writeFile(file, bytes);
  expect(Buffer.compare(await readSource(file), bytes)).toBe(0);
  await writeFile(file, packSource(bytes));
  expect(Buffer.compare(await readSource(file), bytes)).toBe(0);
});

test("what is packed has no name and no time, and any gzip reads it", () => {
  const packed = packSource(bytes);
  expect(Buffer.compare(gunzipSync(packed), bytes)).toBe(0);
  // RFC 1952: the flags of byte 3 tell of a name, bytes 4 to 7 are the time.
  expect([...packed.subarray(3, 8)]).toEqual([0, 0, 0, 0, 0]);
  expect(Buffer.compare(packSource(bytes), packed)).toBe(0);
});

test("a gzip that is cut off is told by its name", async () => {
  const file = join(folder, "half.onnx.gz");
  await writeFile(file, packSource(bytes).subarray(0, 400));
  await expect(readSource(file)).rejects.toMatchObject({
    code: "bad-input",
    message: `${file} is damaged or cut off: it does not unzip.`,
  });
});
