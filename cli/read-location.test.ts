import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLocation } from "./read-location";
import { serveBadly } from "./testing/misbehaving-server";

const options = { maxBytes: 1000, stallMs: 30_000 };
const content = Uint8Array.of(1, 2, 3);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a path, a file: address and an http: address", async () => {
  const path = join(folder, "a b#c.zip");
  await writeFile(path, content);
  const server = await serveBadly(content);
  try {
    for (const location of [path, pathToFileURL(path).href, `${server.url}/file`]) {
      expect(Uint8Array.from(await readLocation(location, options))).toEqual(content);
    }
  } finally {
    await server.close();
  }
});

test("what can not be read", async () => {
  const large = join(folder, "large");
  await writeFile(large, new Uint8Array(1001));
  await expect(readLocation(large, options)).rejects.toThrow("larger than 0.001 MB");
  await expect(readLocation(join(folder, "none"), options)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readLocation("C:\\models\\none.zip", options)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readLocation("ftp://example.org/a.zip", options)).rejects.toThrow("must begin with https:");
});
