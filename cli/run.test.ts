import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readManifest, readPackage } from "../src/graph/package/read";
import { streamscope } from "./testing/run-in-process";

const fixture = (file: string) => fileURLToPath(new URL(`../fixtures/onnx/${file}`, import.meta.url));
const vectorsOfMobilenet = fileURLToPath(
  new URL("../fixtures/vectors/mobilenetv1-w4a4.json", import.meta.url),
);
const flatten = [fixture("chain_flatten.onnx"), "--preprocess", "none"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function readFolder(path: string) {
  const manifest = await readFile(join(path, "manifest.json"), "utf8");
  return readPackage(readManifest(manifest), await readFile(join(path, "weights.bin")));
}

describe("compile", () => {
  test("prints the passes and a summary, and writes a package", async () => {
    const out = join(folder, "new", "package");
    const { code, printed, complained } = await streamscope("compile", ...flatten, "--out", out);
    expect(complained).toBe("");
    expect(code).toBe(0);
    expect(printed).toMatch(/^BatchNormToAffine +16 -> 18$/m);
    expect(printed).toMatch(/^CollapseRepeatedMul +\d+ -> \d+$/m);
    expect(printed).toContain("chain_flatten: 7 nodes");
    expect(printed).toContain("weights     882 = 882 INT4");
    const { graph, sourceSha256, compiler } = await readFolder(out);
    expect(graph.name).toBe("chain_flatten");
    expect(graph.nodes).toHaveLength(7);
    expect(sourceSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(compiler).toMatch(/^streamscope \d/);
    expect((await readdir(out)).sort()).toEqual(["manifest.json", "weights.bin"]);
  });

  test("prints one JSON object if asked", async () => {
    const { code, printed } = await streamscope(
      "compile",
      ...flatten,
      "--json",
      "--name",
      "flat",
      "--top-k",
      "2",
    );
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      name: "flat",
      weightsByType: { INT4: 882 },
      out: null,
      verified: null,
    });
  });

  test("keeps the names of the classes", async () => {
    const labels = join(folder, "labels.txt");
    const names = Array.from({ length: 10 }, (_, i) => `class ${i}`);
    await writeFile(labels, `${names.join("\n")}\n`);
    const out = join(folder, "package");
    expect(await streamscope("compile", ...flatten, "--labels", labels, "--out", out)).toMatchObject({
      code: 0,
    });
    expect((await readFolder(out)).labels).toEqual(names);
    await writeFile(labels, names.slice(1).join("\n"));
    const { code, complained } = await streamscope("compile", ...flatten, "--labels", labels, "--out", out);
    expect(code).toBe(1);
    expect(complained).toBe("The labels file has 9 lines, but the network has 10 classes.");
  });

  test("replaces a package, but no other folder", async () => {
    const out = join(folder, "package");
    await streamscope("compile", ...flatten, "--out", out);
    expect(await streamscope("compile", ...flatten, "--name", "again", "--out", out)).toMatchObject({
      code: 0,
    });
    expect((await readFolder(out)).graph.name).toBe("again");

    await writeFile(join(folder, "notes.txt"), "mine");
    const { code, complained } = await streamscope("compile", ...flatten, "--out", folder);
    expect(code).toBe(1);
    expect(complained).toContain("holds other files and no model package");
    expect((await readdir(folder)).sort()).toEqual(["notes.txt", "package"]);
  });

  test("writes nothing if the checksums differ", async () => {
    const vectors = join(folder, "vectors.json");
    const vector = { input_crc32: 1, top5: [], top5_logits: [], activations: [], logits_crc32_int32le: 1 };
    await writeFile(vectors, JSON.stringify({ zeros: vector }));
    const out = join(folder, "package");
    const { code, printed, complained } = await streamscope(
      "compile",
      fixture("mnv1_finn_opset11.onnx"),
      "--verify",
      vectors,
      "--out",
      out,
    );
    expect(code).toBe(1);
    expect(printed).toMatch(/^zeros +input +differs$/m);
    expect(complained).toContain("nothing was written");
    expect(await readdir(folder)).toEqual(["vectors.json"]);
  });

  test.each([
    { what: "a file that is not there", args: ["nowhere.onnx"], says: "nowhere.onnx: no such file." },
    { what: "a folder", args: [fixture(".")], says: "onnx/: this is a folder, not a file." },
    { what: "a damaged model", args: [fixture("refuse_truncated.onnx")], says: "damaged or cut off" },
    {
      what: "a model with an unknown operator",
      args: [fixture("refuse_unknown_op.onnx")],
      says: "Foo_0 (Foo)",
    },
    { what: "no model", args: [], says: "missing required argument 'model.onnx'" },
    { what: "a k that is no count", args: [...flatten, "--top-k", "0"], says: "whole number from 1" },
    { what: "a folder without a name", args: [...flatten, "--out", ""], says: "must name a folder" },
    {
      what: "vectors of another network",
      args: [...flatten, "--verify", vectorsOfMobilenet],
      says: "belong to another network",
    },
    {
      what: "a wrong pre-processing",
      args: [...flatten, "--preprocess", "255:a:1"],
      says: '"a" is no number',
    },
    {
      what: "vectors that are none",
      args: [...flatten, "--verify", fixture("README.md")],
      says: "is no JSON",
    },
  ])("says in a sentence that $what can not be used", async ({ args, says }) => {
    const { code, complained } = await streamscope("compile", ...args);
    expect(code).toBe(1);
    expect(complained).toContain(says);
    expect(complained).not.toMatch(/\n\s+at /);
  });

  test("shows where an error came from with --debug", async () => {
    const { complained } = await streamscope("compile", fixture("refuse_truncated.onnx"), "--debug");
    expect(complained).toMatch(/\n\s+at /);
  });
});

test("help and version are no errors", async () => {
  expect(await streamscope("--version")).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  const help = await streamscope("compile", "--help");
  expect(help).toMatchObject({ code: 0, complained: "" });
  expect(help.printed).toContain("--standalone-thresholds");
});

test("a reader that closes the pipe early, as head does, gets no stack trace", () => {
  const program = fileURLToPath(new URL("streamscope.ts", import.meta.url));
  const command = `"${process.execPath}" --import tsx "${program}" compile "${flatten[0]}" --preprocess none | true`;
  const { stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  expect(stderr).toBe("");
});
