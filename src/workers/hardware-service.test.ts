import { expect, test } from "vitest";
import type { ModelPackage } from "../graph/package/read";
import { boards } from "../hardware/boards";
import { cyclesOf } from "../hardware/models";
import { mobilenetFoldings } from "../hardware/presets";
import { foldedFor, shippedGraph } from "../hardware/testing/shipped-graph";
import { sourceId } from "../models/package-source";
import { type Answer, open } from "./answer";
import { HardwareService } from "./hardware-service";

const manifestUrl = "https://example.test/manifest.json";
const modelPackage: ModelPackage = {
  graph: shippedGraph(),
  labels: null,
  checksum: "c".repeat(64),
} as unknown as ModelPackage;
const nothing = () => {};

/** A service whose packages come at once; `asked` has the addresses they were asked for by. */
async function loaded() {
  const asked: string[] = [];
  const service = new HardwareService(async (source, options) => {
    asked.push(sourceId(source));
    options?.onProgress?.("weights", 1, 2);
    return { modelPackage, fromStore: false };
  });
  const stages: unknown[] = [];
  const model = open(await service.load({ manifestUrl }, 1, (progress) => stages.push(progress)));
  return { service, asked, stages, model };
}
const value = async <T>(answer: Promise<Answer<T>>): Promise<T> => open(await answer);
const preset = (board: keyof typeof boards) => ({ board, config: mobilenetFoldings[board]() });

test("it says what it loaded and how far it is, and loads the same package once", async () => {
  const { service, asked, stages, model } = await loaded();
  expect(model).toEqual({ name: modelPackage.graph.name, checksum: modelPackage.checksum, fromStore: false });
  expect(stages).toEqual([{ stage: "weights", done: 1, total: 2, label: "Loading the weights" }]);
  expect((await value(service.load({ manifestUrl }, 2, nothing))).fromStore).toBe(true);
  expect(asked).toEqual([manifestUrl]);
});

test.each([
  ["U250", 59],
  ["ZCU102", 86],
  ["ZCU104", 86],
] as const)("%s folds to %d nodes with the cycles of the hardware models", async (board, count) => {
  const { service } = await loaded();
  const report = await value(service.fold({ ...preset(board), widths: "type-bound" }, 2));
  expect(report.nodes).toHaveLength(count);
  const expected = foldedFor(board).nodes.map((folded) => [folded.node.name, cyclesOf(folded)]);
  expect(report.nodes.map(({ name, cycles }) => [name, cycles])).toEqual(expected);
  expect(structuredClone(report)).toEqual(report);
});

test("an illegal folding comes back as the error that names the node", async () => {
  const { service } = await loaded();
  const nodes = new Map([["MVAU_hls_3", { PE: 7 }]]);
  const request = { board: "U250", config: { defaults: new Map(), nodes } } as const;
  await expect(value(service.fold(request, 2))).rejects.toMatchObject({
    name: "StreamscopeError",
    code: "bad-input",
    message: expect.stringMatching(/^MVAU_hls_3: PE 7 does not divide/),
    details: { node: "MVAU_hls_3" },
  });
});

test("an edit comes back with its report", async () => {
  const { service } = await loaded();
  const edit = { node: "VVAU_hls_4", axis: "PE", value: 16 } as const;
  const { config, report, along } = await value(service.edit({ ...preset("U250"), edit }, 2));
  expect(along).toEqual({ node: "ConvolutionInputGenerator_rtl_5", axis: "SIMD" });
  expect(report).toEqual(await value(service.fold({ board: "U250", config }, 3)));
});

test("a target that is reached, and one that no folding reaches", async () => {
  const { service } = await loaded();
  const slow = await value(service.foldToTarget({ ...preset("ZCU104"), fps: 100 }, 2));
  expect(slow.found).toMatchObject({ reached: true, stoppedBy: null });
  expect(slow.report.performance.throughputFps).toBeCloseTo(slow.found.fps, 9);
  expect(slow.found.fps).toBeGreaterThanOrEqual(100);
  const fast = await value(service.foldToTarget({ ...preset("U250"), fps: 1e9 }, 3));
  expect(fast.found).toMatchObject({ reached: false, stoppedBy: { cycles: fast.found.maxCycles } });
});

test("a share of the board is kept", async () => {
  const { service } = await loaded();
  const { found, report } = await value(service.foldToBudget({ ...preset("U250"), share: 0.25 }, 2));
  const { lut, dsp } = boards.U250.capacity;
  expect(found.budget).toMatchObject({ lut: lut / 4, dsp: dsp / 4 });
  expect(found.fits).toBe(true);
  expect(report.totals.all.lut).toBeLessThanOrEqual(lut / 4);
});

test("a simulation streams frames and hands its trace over", async () => {
  const { service } = await loaded();
  const request = { ...preset("U250"), frames: 1, trace: { resolution: 10_000 } };
  const { frames, trace } = await value(service.simulate(request, 2, nothing));
  expect(frames).toHaveLength(1);
  expect(trace?.machines[0]?.busy).toBeInstanceOf(Uint32Array);
});

test("a cancelled simulation stops", async () => {
  const { service } = await loaded();
  const running = value(service.simulate({ ...preset("U250"), frames: 100 }, 7, nothing));
  service.cancel(7);
  await expect(running).rejects.toMatchObject({ code: "aborted" });
});

test("a node's constants are the graph's integers, in arrays of their own", async () => {
  const { service } = await loaded();
  const first = modelPackage.graph.nodes.find((node) => node.name === "VVAU_hls_0");
  if (first?.kind !== "VVAU" || !first.activation) throw new Error("VVAU_hls_0 is a VVAU with thresholds");
  const constants = await value(service.constants({ node: first.name, board: "U250" }, 2));
  const { weights, thresholds } = constants;
  expect(constants).toEqual({
    weights: first.weights,
    thresholds: first.activation.thresholds,
    actVal: 0,
    parameters: null,
  });
  expect(weights?.shape).toEqual([32, 9]);
  expect(thresholds?.shape).toEqual([32, 15]);
  // What the page gets is not what the worker computes with, and no more than it asked for.
  expect(weights?.data.buffer.byteLength).toBe(32 * 9);
  weights?.data.fill(0);
  expect(first.weights.data.some((weight) => weight !== 0)).toBe(true);
});

test("on Zynq the thresholds are in nodes of their own", async () => {
  const { service } = await loaded();
  const of = (node: string) => value(service.constants({ node, board: "ZCU104" }, 2));
  const vvau = await of("VVAU_hls_0");
  const thresholding = await of("Thresholding_rtl_1");
  const { thresholds } = await value(service.constants({ node: "VVAU_hls_0", board: "U250" }, 3));
  expect(vvau).toMatchObject({ weights: { shape: [32, 9] }, thresholds: null });
  expect(thresholding).toEqual({ weights: null, thresholds, actVal: 0, parameters: null });
});

test("the bias is a parameter; a node that holds nothing has nothing; a stranger is refused", async () => {
  const { service } = await loaded();
  const of = (node: string) => value(service.constants({ node, board: "U250" }, 2));
  expect(await of("ChannelwiseOp_hls_0")).toMatchObject({
    weights: null,
    thresholds: null,
    parameters: { shape: [1000] },
  });
  expect(await of("FMPadding_rtl_0")).toEqual({
    weights: null,
    thresholds: null,
    actVal: 0,
    parameters: null,
  });
  await expect(of("MVAU_hls_99")).rejects.toMatchObject({
    code: "bad-input",
    details: { node: "MVAU_hls_99" },
  });
});

test("without a loaded network every call says so", async () => {
  const service = new HardwareService();
  await expect(value(service.fold(preset("U250"), 1))).rejects.toMatchObject({ code: "worker-lost" });
});

test("it tells the folding that one begins with", async () => {
  const { service } = await loaded();
  const { config, preset, report } = await value(service.base({ board: "U250" }, 9));
  expect(preset).toBe(true);
  expect(report).toEqual(await value(service.fold({ board: "U250", config }, 10)));
});

test("of two packages asked for, the one asked for last is loaded, whichever comes first", async () => {
  const waiting: (() => void)[] = [];
  const service = new HardwareService(async (source) => {
    if (sourceId(source) === "slow") await new Promise<void>((resolve) => waiting.push(resolve));
    return { modelPackage: { ...modelPackage, checksum: sourceId(source) }, fromStore: false };
  });
  const slow = service.load({ manifestUrl: "slow" }, 1, nothing);
  expect(open(await service.load({ manifestUrl: "fast" }, 2, nothing)).checksum).toBe("fast");
  for (const resolve of waiting) resolve();
  expect(await slow).toMatchObject({ ok: false, code: "aborted" });
  expect(open(await service.load({ manifestUrl: "fast" }, 3, nothing)).fromStore).toBe(true);
});
