import { expect, test } from "vitest";
import { tinyGraph } from "../testing/tiny-graph";
import type { Manifest } from "./manifest";
import { readManifest, readPackage } from "./read";
import { sha256Hex } from "./sha256";
import { manifestChecksum, writePackage } from "./write";

const meta = { compiler: "test", labels: ["a", "b", "c"], sourceSha256: null };
const files = () => writePackage(tinyGraph(), meta);
/** A manifest changed by someone who also mends the checksum. */
function forge(change: (manifest: Manifest) => void): string {
  const { checksum: _, ...body } = JSON.parse(files().manifest) as Manifest;
  change(body as Manifest);
  return JSON.stringify({ ...body, checksum: manifestChecksum(body) });
}

test("a graph comes back as it was, and the same graph gives the same bytes", () => {
  const { manifest, binary } = files();
  const read = readPackage(readManifest(manifest), binary);
  expect(read.graph).toEqual(tinyGraph());
  expect(read.labels).toEqual(meta.labels);
  expect(files()).toEqual({ manifest, binary });
});

test("cut or changed anywhere, a package is refused with a sentence", () => {
  const { manifest, binary } = files();
  for (let cut = 0; cut < manifest.length; cut += 97) {
    expect(() => readManifest(manifest.slice(0, cut))).toThrow(/damaged/);
  }
  const parsed = readManifest(manifest);
  expect(() => readPackage(parsed, binary.subarray(0, binary.length - 1))).toThrow(/cut short/);
  for (let at = 0; at < binary.length; at++) {
    const altered = binary.slice();
    altered[at]! ^= 1;
    expect(() => readPackage(parsed, altered)).toThrow(/altered/);
  }
  expect(() => readManifest(manifest.replace('"shift":3', '"shift":2'))).toThrow(/altered/);
});

test.each([
  ["{}", "not a Streamscope model package"],
  ["[]", "not a Streamscope model package"],
  ["<html>", "not complete JSON"],
  [forge((m) => Object.assign(m, { version: 2 })), "version 2"],
  [forge((m) => Object.assign(m, { extra: 1 })), "extra"],
  [forge((m) => Object.assign(m.nodes[0]!, { kind: "Elephant" })), "kind"],
  [forge((m) => Object.assign(m.input, { shape: [1, 4, 4, -1] })), "shape"],
  [forge((m) => Object.assign(m.binary, { file: "../weights.bin" })), "file"],
])("%.40s is refused: %s", (text, expected) => {
  expect(() => readManifest(text)).toThrow(expected);
});

test("a forged manifest with a right checksum is still checked against the binary and the graph", () => {
  const { binary } = files();
  const beyond = forge((m) => {
    for (const node of m.nodes) if ("weights" in node) node.weights.offset = 1_000_000;
  });
  expect(() => readPackage(readManifest(beyond), binary)).toThrow(/does not fit/);
  for (const unpackedBytes of [1, 100_000]) {
    const otherSize = forge((m) => Object.assign(m.binary, { unpackedBytes }));
    expect(() => readPackage(readManifest(otherSize), binary)).toThrow(/another size|cannot be unpacked/);
  }
  const noise = Uint8Array.from({ length: binary.length }, (_, i) => i * 7);
  const notZlib = forge((m) => Object.assign(m.binary, { sha256: sha256Hex(noise) }));
  expect(() => readPackage(readManifest(notZlib), noise)).toThrow(/cannot be unpacked/);
  const wrongShape = forge((m) => {
    m.input.shape = [1, 5, 4, 1];
  });
  expect(() => readPackage(readManifest(wrongShape), binary)).toThrow(/what comes in is 1x5x4x1/);
  const float = forge((m) => {
    m.input.datatype = "FLOAT32";
  });
  expect(() => readPackage(readManifest(float), binary)).toThrow(/FLOAT32/);
});

test("SHA-256 is the standard's", () => {
  expect(sha256Hex(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
