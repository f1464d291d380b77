import { assert, constantFrom, double, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { graphProblems } from "../graph/validate";
import { boards } from "./boards";
import { costOf, sharesOf } from "./cheapest-folding";
import { allResources, networkPerformance } from "./estimate";
import { type FoldedGraph, foldGraph } from "./fold-graph";
import { foldToTarget } from "./fold-to-target";
import type { Attributes, FoldingConfig } from "./folding-config";
import type { Resources } from "./model";
import { cyclesOf, inputWidthBits, outputWidthBits } from "./models";
import { mobilenetFoldings } from "./presets";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { countFoldings, everyFolding } from "./testing/every-folding";
import { randomChains } from "./testing/random-chain";
import { shippedGraph } from "./testing/shipped-graph";
import { maxStreamBits } from "./unfoldings";

const mobilenet = shippedGraph();
const slowestOf = (folded: FoldedGraph) => Math.max(...folded.nodes.map((node) => cyclesOf(node)));
const shareOfU250 = (resources: Resources) => costOf(resources, sharesOf(boards.U250.capacity));
const wholeWindows = ({ nodes }: FoldedGraph) =>
  nodes.filter((one) => one.kind === "ConvolutionInputGenerator" && one.folding.parallel_window === 1).length;
/** A target of so many cycles. */
const within = (cycles: number) => ({ fps: 1e9 / cycles, clockNs: 1 });

describe("MobileNet on a U250 at 3 ns", () => {
  const base = mobilenetFoldings.U250();
  const foldTo = (fps: number) => foldToTarget(mobilenet, { fps, clockNs: 3 }, { base });

  test("2993 frames a second, what FINN's own folding makes, take no more of the board than that", () => {
    const found = foldTo(2993);
    expect(found).toMatchObject({ reached: true, targetCycles: 111_370, stoppedBy: null });
    const folded = foldGraph(mobilenet, found.config);
    for (const node of folded.nodes) expect(cyclesOf(node)).toBeLessThanOrEqual(111_370);
    expect(networkPerformance(folded, 3)).toMatchObject({
      maxCycles: found.maxCycles,
      throughputFps: found.fps,
    });
    expect(allResources(folded)).toEqual(found.resources);
    expect(wholeWindows(folded)).toBe(0);

    const isFifo = (name: string) => name.startsWith("StreamingFIFO");
    const shallow = { ...base, nodes: new Map([...base.nodes].filter(([name]) => !isFifo(name))) };
    const finns = foldGraph(mobilenet, shallow);
    expect(shareOfU250(found.resources)).toBeLessThan(shareOfU250(allResources(finns)));
  });

  test("only a whole window a beat makes it faster than FINN's own folding, and only where it must", () => {
    const found = foldTo(2994);
    const folded = foldGraph(mobilenet, found.config);
    expect(found.reached).toBe(true);
    expect(found.config.nodes.get("ConvolutionInputGenerator_rtl_0")).toMatchObject({ parallel_window: 1 });
    expect(wholeWindows(folded)).toBe(1);
  });

  test("beyond the first window's pixels nothing is reached, and that is said", () => {
    const most = foldTo(6643);
    expect(most).toMatchObject({ reached: true, maxCycles: 224 * 224 + 2 });
    const found = foldTo(6644);
    expect(found).toMatchObject({ reached: false, maxCycles: most.maxCycles, fps: most.fps });
    expect(found.stoppedBy).toEqual({
      name: "ConvolutionInputGenerator_rtl_0",
      cycles: most.maxCycles,
      reason: "Even with a whole window a beat it reads 224 x 224 pixels, one a cycle.",
    });
    expect(found.config).toEqual(most.config);
  });

  test("what it makes of a base is its own PE and SIMD, and the base's memories", () => {
    const { nodes } = foldTo(1000).config;
    expect([...nodes.keys()]).toEqual(mobilenet.nodes.map(({ name }) => name));
    const { PE, SIMD, ...kept } = nodes.get("MVAU_hls_0") ?? {};
    expect([PE, SIMD]).not.toContain(undefined);
    expect(kept).toEqual({ ram_style: "block", mem_mode: "internal_decoupled", resType: "dsp" });
  });

  test("its own frames a second are a target it reaches with the same folding", () => {
    const found = foldTo(500);
    expect(foldTo(found.fps).config).toEqual(found.config);
  });
});

test("more frames a second never cost less, whole windows counted first", () => {
  const fps = double({ min: 20, max: 7000, noNaN: true });
  const zynq = withStandaloneThresholds(mobilenet);
  assert(
    property(constantFrom(mobilenet, zynq), fps, fps, (graph, one, other) => {
      const costs = [Math.min(one, other), Math.max(one, other)].map((wanted) => {
        const { config, resources } = foldToTarget(graph, { fps: wanted, clockNs: 3 });
        return { windows: wholeWindows(foldGraph(graph, config)), share: shareOfU250(resources) };
      });
      const [slow = { windows: 0, share: 0 }, fast = { windows: 0, share: 0 }] = costs;
      expect(fast.windows).toBeGreaterThanOrEqual(slow.windows);
      if (fast.windows === slow.windows) expect(fast.share).toBeGreaterThanOrEqual(slow.share - 1e-12);
    }),
    { numRuns: 8 },
  );
});

test("no folding of a small network that reaches the target costs less; if none does, none is faster", () => {
  assert(
    property(
      randomChains.filter((graph) => countFoldings(graph) <= 800),
      double({ min: 0, max: 1, noNaN: true }),
      (graph, place) => {
        expect(graphProblems(graph)).toEqual([]);
        const all = everyFolding(graph);
        const speeds = [...new Set(all.map(slowestOf))].sort((a, b) => a - b);
        const fastest = speeds[0] ?? 0;
        // One step beyond the fastest is among the targets.
        const target = [fastest - 1, ...speeds][Math.floor(place * speeds.length)] ?? fastest;
        const found = foldToTarget(graph, within(target));
        const folded = foldGraph(graph, found.config);
        expect(allResources(folded)).toEqual(found.resources);
        expect(slowestOf(folded)).toBe(found.maxCycles);
        expect(found.reached).toBe(target >= fastest);
        expect(found.stoppedBy?.cycles).toBe(target >= fastest ? undefined : fastest);

        const allowed = all.filter((one) => slowestOf(one) <= Math.max(target, fastest));
        const fewest = Math.min(...allowed.map(wholeWindows));
        const shares = allowed
          .filter((one) => wholeWindows(one) === fewest)
          .map((one) => shareOfU250(allResources(one)));
        expect(wholeWindows(folded)).toBe(fewest);
        expect(shareOfU250(found.resources)).toBeCloseTo(Math.min(...shares), 12);
      },
    ),
    { numRuns: 40 },
  );
});

test("streams stay narrow enough to be built, and a node that this stops says so", () => {
  const { nodes } = mobilenet;
  // The last depthwise part alone: 7 x 7 pixels of 1024 channels.
  const window = nodes.findLastIndex(({ kind }) => kind === "VVAU") - 1;
  const some = nodes.slice(window, window + 2);
  const [first] = some;
  if (!first) throw new Error("the network has depthwise parts");
  const found = foldToTarget({ name: "part", input: first.input, nodes: some }, within(1));
  expect(found.stoppedBy?.reason).toMatch(/wider than 8191 bits/);
  const folded = foldGraph({ name: "part", input: first.input, nodes: some }, found.config);
  for (const node of folded.nodes) {
    expect(Math.max(inputWidthBits(node), outputWidthBits(node))).toBeLessThanOrEqual(maxStreamBits);
  }
});

test.each<[string, { fps: number; clockNs: number }, Record<string, Attributes>, RegExp]>([
  ["no frames", { fps: 0, clockNs: 3 }, {}, /target in frames a second must be a number above 0, not 0/],
  ["no number", { fps: Number.NaN, clockNs: 3 }, {}, /not NaN/],
  ["no clock", { fps: 1, clockNs: -1 }, {}, /clock period in ns/],
  [
    "a strange base",
    { fps: 1, clockNs: 3 },
    { MVAU_hls_99: { ram_style: "block" } },
    /MVAU_hls_99.*no such node/,
  ],
])("%s is refused", (_, target, nodes, sentence) => {
  const base: FoldingConfig = { defaults: new Map(), nodes: new Map(Object.entries(nodes)) };
  expect(() => foldToTarget(mobilenet, target, { base })).toThrow(StreamscopeError);
  expect(() => foldToTarget(mobilenet, target, { base })).toThrow(sentence);
});
