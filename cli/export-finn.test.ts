import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import { readManifest, readPackage } from "../src/graph/package/read";
import { writePackage } from "../src/graph/package/write";
import { foldGraph } from "../src/hardware/fold-graph";
import { readFoldingFile } from "../src/hardware/folding-file";
import { mobilenetFoldings } from "../src/hardware/presets";
import { readNpy } from "./npy";
import type { Output } from "./output";
import { shippedModel } from "./read-model";
import { run } from "./run";

const fixture = (file: string) => fileURLToPath(new URL(`../fixtures/onnx/${file}`, import.meta.url));
const small = [fixture("chain_flatten.onnx"), "--preprocess", "none"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function streamscope(...args: string[]) {
  const printed: string[] = [];
  const complained: string[] = [];
  const output: Output = { print: (line) => printed.push(line), complain: (line) => complained.push(line) };
  const code = await run(args, output);
  return { code, printed: printed.join("\n"), complained: complained.join("\n") };
}

const text = (...path: string[]) => readFile(join(folder, ...path), "utf8");

describe("the shipped model", () => {
  test("is left out as an argument, and compiles back to the shipped package, byte for byte", async () => {
    const out = join(folder, "new", "u250");
    const { code, printed, complained } = await streamscope("export-finn", "--board", "U250", "--out", out);
    expect({ code, complained }).toEqual({ code: 0, complained: "" });
    expect(printed).toContain("FINN's folding of MobileNet-v1 w4a4 for the U250");
    expect((await readdir(out)).sort()).toEqual([
      "README.md",
      "U250_folding_config.json",
      "U250_specialize_layers.json",
      "build.py",
      "expected_output.npy",
      "input.npy",
      "model.onnx",
      "verify.py",
    ]);

    const manifest = readManifest(await readFile(join(shippedModel, "manifest.json"), "utf8"));
    const binary = new Uint8Array(await readFile(join(shippedModel, "weights.bin")));
    const { labels, sourceSha256, compiler } = readPackage(manifest, binary);
    const { graph } = await compile(await readFile(join(out, "model.onnx")), { name: manifest.name });
    const files = writePackage(graph, { labels, sourceSha256, compiler });
    expect(JSON.parse(files.manifest)).toEqual(manifest);
    expect(Buffer.compare(files.binary, binary)).toBe(0);
    expect(readFoldingFile(await text("new", "u250", "U250_folding_config.json"))).toEqual(
      mobilenetFoldings.U250(),
    );
  });

  test("is the same file for a board where thresholds stand alone", async () => {
    const [alveo, zynq] = [join(folder, "a"), join(folder, "z")];
    await streamscope("export-finn", shippedModel, "--board", "U250", "--out", alveo);
    await streamscope("export-finn", shippedModel, "--board", "ZCU104", "--out", zynq);
    const onnx = await readFile(join(zynq, "model.onnx"));
    expect(Buffer.compare(onnx, await readFile(join(alveo, "model.onnx")))).toBe(0);

    const { graph } = await compile(onnx, { standaloneThresholds: true });
    expect(graph.nodes).toHaveLength(86);
    const folding = readFoldingFile(await text("z", "ZCU104_folding_config.json"));
    expect(foldGraph(graph, folding).nodes).toHaveLength(86);
    const layers = JSON.parse(await text("z", "ZCU104_specialize_layers.json"));
    expect(layers.Thresholding_26).toEqual({ preferred_impl_style: "rtl" });
    expect(await text("z", "build.py")).toContain("STANDALONE_THRESHOLDS = True");
    expect(await text("a", "build.py")).toContain("STANDALONE_THRESHOLDS = False");
  });
});

describe("another network", () => {
  test("gets the smallest folding, and FINN has to size the FIFOs", async () => {
    const out = join(folder, "out");
    const { code, printed } = await streamscope("export-finn", ...small, "--board", "zcu102", "--out", out);
    expect(code).toBe(0);
    expect(printed).toContain("FINN will simulate to size them");
    expect(await text("out", "build.py")).toContain("AUTO_FIFO_DEPTHS = True");
    expect(await text("out", "README.md")).toContain("says nothing of FIFOs");
  });

  test("a folding with FIFOs is taken as it is", async () => {
    const folding = join(folder, "folding.json");
    await writeFile(folding, JSON.stringify({ StreamingFIFO_rtl_0: { depth: 32 } }));
    const out = join(folder, "out");
    const args = ["--board", "U250", "--folding", folding, "--out", out, "--json"];
    const { printed } = await streamscope("export-finn", ...small, ...args);
    expect(JSON.parse(printed)).toMatchObject({
      name: "chain_flatten",
      board: { name: "U250" },
      folding: { from: "file", sets_fifo_depths: true },
      files: expect.arrayContaining(["model.onnx", "README.md"]),
      warnings: [],
    });
    expect(JSON.parse(await text("out", "U250_folding_config.json"))).toEqual({
      Defaults: {},
      StreamingFIFO_rtl_0: { depth: 32 },
    });
    expect(await text("out", "build.py")).toContain("AUTO_FIFO_DEPTHS = False");
  });

  test("a package with thresholds of their own is built with them on any board", async () => {
    const [compiled, out] = [join(folder, "package"), join(folder, "out")];
    await streamscope("compile", ...small, "--standalone-thresholds", "--out", compiled);
    await streamscope("export-finn", compiled, "--board", "U250", "--out", out);
    expect(await text("out", "build.py")).toContain("STANDALONE_THRESHOLDS = True");
    expect(await text("out", "U250_specialize_layers.json")).toContain("Thresholding_0");
  });

  test("the sample is an input of the network, and its classes those of the exported file", async () => {
    const out = join(folder, "out");
    const { printed } = await streamscope("export-finn", ...small, "--board", "U250", "--out", out, "--json");
    const { graph } = await compile(await readFile(join(out, "model.onnx")));
    const { shape, data } = readNpy(await readFile(join(out, "input.npy")));
    expect(shape).toEqual(graph.input.shape);
    const { top } = await (await createReferenceEngine(graph)).run(Uint8Array.from(data));
    const classes = top.map(({ index }) => index);
    expect(JSON.parse(printed).sample_classes).toEqual(classes);
    const expected = new DataView((await readFile(join(out, "expected_output.npy"))).buffer);
    expect(classes.map((_, i) => Number(expected.getBigInt64(128 + 8 * i, true)))).toEqual(classes);
    expect(await text("out", "README.md")).toContain(`[${classes.join(", ")}]`);
  });
});

test.each(["U250", "ZCU102", "ZCU104"])("no template has a gap for the %s", async (board) => {
  const out = join(folder, "out");
  await streamscope("export-finn", ...small, "--board", board, "--out", out);
  for (const file of ["README.md", "build.py", "verify.py"]) {
    expect(await text("out", file)).not.toMatch(/\{\{|undefined/);
  }
  const readme = await text("out", "README.md");
  expect(readme.includes("xclbin")).toBe(board === "U250");
  expect(readme.includes("Vitis platform")).toBe(board === "U250");
  expect(readme).toContain('numpy.load("output.npy").flatten().tolist()');
});

describe("says in a sentence, and writes nothing, when", () => {
  test("the folder is not empty, even if an export is in it", async () => {
    const out = join(folder, "out");
    const args = ["export-finn", ...small, "--board", "U250", "--out", out];
    await streamscope(...args);
    const before = await readdir(out);
    expect(await streamscope(...args)).toMatchObject({
      code: 1,
      complained: expect.stringContaining("is not empty. Choose an empty folder"),
    });
    expect(await readdir(out)).toEqual(before);
  });

  test.each([
    { what: "the board is unknown", args: [...small, "--board", "U280"], says: "U250, ZCU102, ZCU104" },
    { what: "there is no board", args: small, says: "--board" },
    { what: "the model is not there", args: ["nowhere.onnx", "--board", "U250"], says: "no such file" },
    {
      what: "the model is refused",
      args: [fixture("refuse_unknown_op.onnx"), "--board", "U250"],
      says: "Foo_0 (Foo)",
    },
    {
      what: "FINN has no hardware for it on this board",
      args: [fixture("chain_signed.onnx"), "--preprocess", "none", "--board", "ZCU104"],
      says: "Thresholding_rtl_1 (Thresholding): FINN builds BIPOLAR",
    },
    {
      what: "the folding is no folding",
      args: [...small, "--board", "U250", "--folding", fixture("README.md")],
      says: "README.md: The folding file is not JSON.",
    },
  ])("$what", async ({ args, says }) => {
    const { code, complained } = await streamscope("export-finn", ...args, "--out", join(folder, "out"));
    expect(code).toBe(1);
    expect(complained).toContain(says);
    expect(complained).not.toMatch(/\n\s+at /);
    expect(await readdir(folder)).toEqual([]);
  });

  test("there is no folder to write to", async () => {
    const { code, complained } = await streamscope("export-finn", ...small, "--board", "U250");
    expect({ code, complained }).toEqual({ code: 1, complained: expect.stringContaining("--out") });
  });
});

test("help names the files", async () => {
  const { code, printed } = await streamscope("export-finn", "--help");
  expect(code).toBe(0);
  expect(printed).toContain("BOARD_specialize_layers.json");
});
