import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { foldGraph } from "../src/hardware/fold-graph";
import { readFoldingFile, writeFoldingFile } from "../src/hardware/folding-file";
import { mobilenetFoldings } from "../src/hardware/presets";
import { withStandaloneThresholds } from "../src/hardware/standalone-thresholds";
import { u250Layers } from "../src/hardware/testing/figures-u250";
import { zynqLayers } from "../src/hardware/testing/figures-zynq";
import { shippedGraph } from "../src/hardware/testing/shipped-graph";
import { streamscope } from "./testing/run-in-process";

const fixture = (file: string) => fileURLToPath(new URL(`../fixtures/onnx/${file}`, import.meta.url));
const shipped = fileURLToPath(new URL("../public/models/mobilenetv1-w4a4", import.meta.url));
const small = [fixture("chain_flatten.onnx"), "--preprocess", "none"];

const reports = [
  "estimate_layer_cycles.json",
  "estimate_layer_resources.json",
  "estimate_network_performance.json",
  "op_and_param_counts.json",
].map((name) => `report/${name}`);
const foldings = ["auto_folding_config.json", "final_hw_config.json"];
const estimateOnly = [...foldings, "report", ...reports, "streamscope_build.json"];
const simulated = [...estimateOnly, "report/simulated_performance.json"].sort();

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "streamscope-"));
  out = join(folder, "build");
});
afterEach(() => rm(folder, { recursive: true }));

const tree = async (top: string) => (await readdir(top, { recursive: true })).sort();
const readJson = async (file: string) => JSON.parse(await readFile(join(out, file), "utf8"));

/** A folding file that says this. */
async function foldingFile(content: unknown): Promise<string> {
  const file = join(folder, "folding.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

describe("MobileNet-v1 as FINN builds it", () => {
  const total8x8 = 10_645_344;
  const total4x4 = 557_381_408;

  test.each([
    {
      board: "U250",
      cycles: u250Layers.map(([name, cycles]) => [name, cycles]),
      network: {
        max_cycles: 111_340,
        max_cycles_node_name: "ConvolutionInputGenerator_rtl_0",
        critical_path_cycles: 3_439_012,
      },
      resources: { LUT: 364_518, BRAM_18K: 1148, URAM: 0, DSP: 100 },
    },
    {
      board: "ZCU102",
      cycles: zynqLayers.map(([name, cycles]) => [name, cycles]),
      network: {
        max_cycles: 394_272,
        max_cycles_node_name: "Thresholding_rtl_0",
        critical_path_cycles: 15_803_927,
      },
      resources: { LUT: 63_450, BRAM_18K: 1070, URAM: 0, DSP: 684 },
    },
    {
      board: "ZCU104",
      cycles: zynqLayers.map(([name, cycles]) => [name, cycles]),
      network: {
        max_cycles: 394_272,
        max_cycles_node_name: "Thresholding_rtl_0",
        critical_path_cycles: 15_803_927,
      },
      resources: { LUT: 47_970, BRAM_18K: 530, URAM: 39, DSP: 684 },
    },
  ] as const)(
    "the reports for the $board have FINN's figures",
    async ({ board, cycles, network, resources }) => {
      const args = ["--board", board, "--widths", "type-bound", "--no-simulate", "--out", out];
      expect(await streamscope("build", ...args)).toMatchObject({ code: 0, complained: "" });

      expect(await tree(out)).toEqual(estimateOnly);
      expect(Object.entries(await readJson("report/estimate_layer_cycles.json"))).toEqual(cycles);
      expect((await readJson("report/estimate_layer_resources.json")).total).toMatchObject(resources);
      expect(await readJson("report/estimate_network_performance.json")).toMatchObject(network);
      const { total } = await readJson("report/op_and_param_counts.json");
      expect(total).toMatchObject({ op_mac_8bx8b: total8x8, op_mac_4bx4b: total4x4 });

      const graph = board === "U250" ? shippedGraph() : withStandaloneThresholds(shippedGraph());
      const widths = "type-bound";
      const preset = foldGraph(graph, mobilenetFoldings[board](), { widths });
      const again = async (file: string) =>
        foldGraph(graph, readFoldingFile(await readFile(join(out, file), "utf8")), { widths });
      expect(await again("final_hw_config.json")).toEqual(preset);
      expect((await again("auto_folding_config.json")).nodes).toEqual(preset.nodes);
    },
  );

  test("it is the default, and the summary says what it comes to", async () => {
    const { printed } = await streamscope("build", "-b", "u250", "--no-simulate");
    expect(printed).toContain("mobilenetv1-w4a4 on U250 (xcu250-figd2104-2L-e), 3 ns a cycle, 333.3 MHz");
    expect(printed).toContain("folding       FINN's folding of MobileNet-v1 w4a4 for the U250");
    expect(printed).toContain("bottleneck    ConvolutionInputGenerator_rtl_0, 111,340 cycles a frame");
    expect(printed).toContain("throughput    2,993.8 frames/s");
    expect(printed).toContain("3,439,012 cycles, 10.317 ms");
    expect(printed).toMatch(/^> ConvolutionInputGenerator_rtl_0 +111,340 100.0 % #+$/m);
    expect(printed.match(/ %( #+)?$/gm)).toHaveLength(59 + 4);
    for (const line of printed.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  });

  test("another clock changes times, not cycles", async () => {
    const { printed } = await streamscope("build", "-b", "U250", "--no-simulate", "--clock-ns", "5");
    expect(printed).toContain("111,340 cycles a frame");
    expect(printed).toContain("throughput    1,796.3 frames/s");
  });
});

describe("the folding", () => {
  const json = async (...args: string[]) => {
    const { printed } = await streamscope("build", "--no-simulate", "--json", ...args);
    return JSON.parse(printed);
  };

  test("of another network is the smallest, and that is said", async () => {
    const { folding, cycles } = await json(...small, "-b", "U250");
    expect(folding).toMatchObject({ from: "smallest", missed: null });
    expect(folding.why).toContain("PE and SIMD 1 everywhere");
    // The classifier: 3 x 4 x 5 inputs, 10 classes, one product a cycle.
    expect(cycles.MVAU_rtl_0).toBe(3 * 4 * 5 * 10);
  });

  test("of a file is taken as it is, FINN's own too", async () => {
    const file = await foldingFile(writeFoldingFile(mobilenetFoldings.U250()));
    const { folding, estimated } = await json(shipped, "-b", "U250", "--folding", file);
    expect(folding).toEqual({ from: "file", why: file, missed: null });
    expect(estimated.max_cycles).toBe(111_340);
  });

  test("to a target is as fast as was asked, and keeps a file's other attributes", async () => {
    const file = await foldingFile({ Defaults: {}, MVAU_hls_0: { PE: 1, resType: "dsp" } });
    const args = [...small, "-b", "U250", "--target-fps", "1000000", "--folding", file, "--out", out];
    const { folding, estimated } = await json(...args);
    expect(folding).toMatchObject({ from: "target", missed: null });
    expect(folding.why).toBe(
      `the cheapest whose nodes reach 1,000,000.0 frames/s at 3 ns, other attributes from ${file}`,
    );
    expect(estimated.estimated_throughput_fps).toBeGreaterThanOrEqual(1_000_000);
    expect((await readJson("auto_folding_config.json")).MVAU_hls_0).toMatchObject({ resType: "dsp" });
  });

  test("to a target that is out of reach is the fastest, and the node in the way is named", async () => {
    const { code, printed, complained } = await streamscope(
      ...["build", ...small, "-b", "U250", "--no-simulate", "--target-fps", "1e9"],
    );
    expect(code).toBe(0);
    expect(printed).toContain("the fastest there is, short of 1,000,000,000.0 frames/s at 3 ns");
    expect(complained).toMatch(
      /^Warning: No folding reaches .* ConvolutionInputGenerator_rtl_0 needs \d+ cycles/,
    );
  });
});

test("a board that can not hold it is said on both outputs, and the estimate is there", async () => {
  const folding = await foldingFile({
    Defaults: { mem_mode: ["internal_embedded", ["MVAU"]], PE: [1, ["MVAU"]] },
    ...Object.fromEntries(
      Array.from({ length: 13 }, (_, i) => [`MVAU_rtl_${i + 1}`, { PE: 32, SIMD: 32, ram_style: "block" }]),
    ),
  });
  const result = await streamscope("build", "-b", "ZCU104", "--folding", folding, "--no-simulate", "-o", out);
  expect(result.code).toBe(0);
  expect(result.printed).toMatch(/^The ZCU104 can not hold it: it needs .* DSP of 1,728/m);
  expect(result.complained).toMatch(/^Warning: The ZCU104 can not hold it/);
  expect(await tree(out)).toEqual(estimateOnly);
  expect(await readJson("streamscope_build.json")).toMatchObject({
    resources: { fits: false },
    warnings: [expect.stringContaining("can not hold it")],
  });
});

describe("the simulation", () => {
  test("is summed up and written", async () => {
    const { code, printed, complained } = await streamscope("build", ...small, "-b", "U250", "--out", out);
    expect(complained).toBe("");
    expect(code).toBe(0);
    expect(await tree(out)).toEqual(simulated);
    const { steady, first_result_cycles, deadlock } = await readJson("report/simulated_performance.json");
    const { max_cycles, critical_path_cycles } = await readJson("report/estimate_network_performance.json");
    expect(deadlock).toBeNull();
    expect(steady.interval_cycles).toBeGreaterThanOrEqual(max_cycles);
    expect(first_result_cycles).toBeGreaterThan(max_cycles);
    expect(first_result_cycles).toBeLessThan(critical_path_cycles);
    const grouped = (value: number) => value.toLocaleString("en-US");
    expect(printed).toContain(`first result  after ${grouped(first_result_cycles)} cycles`);
    expect(printed).toContain(`interval      ${grouped(steady.interval_cycles)} cycles`);
    expect(printed).toContain(`Wrote ${out}.`);
  });

  test("that falls short of the target says so, and what would help", async () => {
    const args = ["build", ...small, "-b", "U250", "--target-fps", "1000000"];
    const { code, printed, complained } = await streamscope(...args, "--json");
    const { folding, simulated, warnings } = JSON.parse(printed);
    expect([code, folding.missed]).toEqual([0, null]);
    expect(simulated.steady.throughput_fps).toBeLessThan(1_000_000);
    expect(warnings).toEqual([expect.stringMatching(/short of 1,000,000.0 frames\/s: .* --size-fifos/)]);
    expect(complained).toBe(`Warning: ${warnings[0]}`);
  });

  test("takes as many frames as asked for", async () => {
    const { printed } = await streamscope("build", ...small, "-b", "ZCU102", "--frames", "2", "--json");
    expect(JSON.parse(printed).simulated.frames).toHaveLength(2);
  });

  test("sizes FIFOs, which then are those of the build", async () => {
    const args = [...small, "-b", "U250", "--size-fifos", "--target-fps", "1000000", "--out", out];
    expect(await streamscope("build", ...args)).toMatchObject({ code: 0, complained: "" });
    const { steady, fifos } = await readJson("report/simulated_performance.json");
    expect(steady.bottleneck.limit).not.toBe("fifos");
    const config = await readJson("final_hw_config.json");
    for (const [name, { depth }] of Object.entries<{ depth: number }>(fifos)) {
      expect(config[name]).toMatchObject({ depth });
    }
  });
});

test("--json prints one object on one line and nothing else", async () => {
  const { code, printed, complained } = await streamscope("build", ...small, "-b", "U250", "--json");
  expect([code, complained]).toEqual([0, ""]);
  expect(printed.split("\n")).toHaveLength(1);
  expect(JSON.parse(printed)).toMatchObject({
    made_by: expect.stringMatching(/^streamscope \d/),
    network: { name: "chain_flatten", nodes: 7, source_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    board: { name: "U250" },
    clock_ns: 3,
    resources: { fits: true },
    warnings: [],
  });
});

describe("the folder", () => {
  test("of an earlier build is replaced, and what is not written again goes", async () => {
    await streamscope("build", ...small, "-b", "U250", "--out", out);
    expect(await tree(out)).toEqual(simulated);
    await streamscope("build", ...small, "-b", "ZCU102", "--no-simulate", "--out", out);
    expect(await tree(out)).toEqual(estimateOnly);
    expect(await readJson("streamscope_build.json")).toMatchObject({ board: { name: "ZCU102" } });
  });

  test("with anything else in it is refused, a build of FINN too", async () => {
    await mkdir(join(out, "report"), { recursive: true });
    await writeFile(join(out, "report", "estimate_layer_cycles.json"), "{}");
    const refused = {
      code: 1,
      complained: expect.stringContaining("holds other files and no earlier build"),
    };
    expect(await streamscope("build", ...small, "-b", "U250", "--out", out)).toMatchObject(refused);
    await rm(out, { recursive: true });
    await streamscope("build", ...small, "-b", "U250", "--no-simulate", "--out", out);
    await writeFile(join(out, "report", "notes.txt"), "mine");
    expect(await streamscope("build", ...small, "-b", "U250", "--out", out)).toMatchObject(refused);
    expect(await tree(out)).toEqual([...estimateOnly, "report/notes.txt"].sort());
  });

  test("that can not be is refused: a file, and one below a file", async () => {
    await writeFile(out, "");
    for (const path of [out, join(out, "deeper")]) {
      const { code, complained } = await streamscope("build", ...small, "-b", "U250", "--out", path);
      expect({ code, complained }).toEqual({ code: 1, complained: `${path}: this is no folder.` });
    }
    expect(await tree(folder)).toEqual(["build"]);
  });
});

describe("refused in a sentence, with nothing written", () => {
  test.each([
    { what: "an unknown board", args: ["-b", "Pynq"], says: "The boards are U250, ZCU102, ZCU104." },
    { what: "no board", args: [], says: "'-b, --board <name>' not specified" },
    {
      what: "a model that is not there",
      args: ["nowhere.onnx", "-b", "U250"],
      says: "nowhere.onnx: no such file.",
    },
    {
      what: "a folder that is no package",
      args: [fixture("codes"), "-b", "U250"],
      says: "manifest.json: no such file.",
    },
    {
      what: "a damaged model",
      args: [fixture("refuse_truncated.onnx"), "-b", "U250"],
      says: "refuse_truncated.onnx: ",
    },
    {
      what: "a folding file that is not there",
      args: ["-b", "U250", "-f", "nowhere.json"],
      says: "nowhere.json: no such file.",
    },
    { what: "no frames", args: ["-b", "U250", "--frames", "0"], says: "whole number from 1" },
    { what: "a rate of 0", args: ["-b", "U250", "--target-fps", "0"], says: "above 0" },
    {
      what: "frames without simulating",
      args: ["-b", "U250", "--no-simulate", "--frames", "2"],
      says: "cannot be used with",
    },
  ])("$what", async ({ args, says }) => {
    const { code, complained } = await streamscope("build", ...args, "--out", out);
    expect(code).toBe(1);
    expect(complained).toContain(says);
    expect(await tree(folder)).toEqual([]);
  });

  test.each([
    { what: "is no JSON", content: "{", says: "not JSON" },
    { what: "is a list", content: [], says: "an object of nodes by name" },
    {
      what: "does not divide",
      content: { MVAU_hls_0: { PE: 5 } },
      says: "MVAU_hls_0: PE 5 does not divide 32",
    },
    {
      what: "has more PE than channels",
      content: { VVAU_hls_0: { PE: 64 } },
      says: "VVAU_hls_0: PE 64 does not divide 32",
    },
    {
      what: "names a node that is not there",
      content: { MVAU_hls_99: { PE: 1 } },
      says: "MVAU_hls_99: the folding names it",
    },
    {
      what: "has an unknown attribute",
      content: { MVAU_hls_0: { pe: 1 } },
      says: '"pe" is not a folding attribute',
    },
    { what: "has an illegal value", content: { MVAU_hls_0: { resType: "gpu" } }, says: 'resType is "gpu"' },
  ])("a folding that $what", async ({ content, says }) => {
    const file = await foldingFile(content);
    const { code, complained } = await streamscope("build", "-b", "U250", "--folding", file, "--out", out);
    expect(code).toBe(1);
    expect(complained).toContain(`${file}: `);
    expect(complained).toContain(says);
    expect(await tree(folder)).toEqual(["folding.json"]);
  });

  test("MobileNet's folding on another network", async () => {
    const file = await foldingFile(writeFoldingFile(mobilenetFoldings.U250()));
    const { code, complained } = await streamscope("build", ...small, "-b", "U250", "--folding", file);
    expect(code).toBe(1);
    expect(complained).toContain(`${file}: `);
    expect(complained).toContain("the folding names it, but chain_flatten has no such node");
  });
});

test("Ctrl-C ends it with nothing left behind", async () => {
  const program = fileURLToPath(new URL("streamscope.ts", import.meta.url));
  const args = ["--import", "tsx", program, "build", "--board", "ZCU102", "--frames", "1000", "--out", out];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let complained = "";
  child.stderr.on("data", (text) => {
    complained += text;
  });
  // The estimate is out: from here on it simulates, for minutes.
  await once(child.stdout, "data");
  child.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(complained).toBe("Stopped.\n");
  expect(await tree(folder)).toEqual([]);
});
