import { assert, constantFrom, double, property } from "fast-check";
import { expect, test } from "vitest";
import { type Board, boards } from "./boards";
import { allResources } from "./estimate";
import { foldGraph } from "./fold-graph";
import { foldToBudget } from "./fold-to-budget";
import { foldToTarget } from "./fold-to-target";
import type { Resources } from "./model";
import { cyclesOf } from "./models";
import { mobilenetFoldings } from "./presets";
import { withStandaloneThresholds } from "./standalone-thresholds";
import { countFoldings, everyFolding } from "./testing/every-folding";
import { randomChains } from "./testing/random-chain";
import { shippedGraph } from "./testing/shipped-graph";

const absorbed = shippedGraph();
const standalone = withStandaloneThresholds(absorbed);
const kinds = ["lut", "bram18", "uram", "dsp"] as const;
const isWithin = (used: Resources, budget: Resources) => kinds.every((kind) => used[kind] <= budget[kind]);
const partOf = (capacity: Resources, share: number): Resources => ({
  lut: capacity.lut * share,
  bram18: capacity.bram18 * share,
  uram: capacity.uram * share,
  dsp: capacity.dsp * share,
});

function foldFor(name: Board["name"], budget: Partial<Resources> = {}) {
  const board = boards[name];
  const graph = board.standaloneThresholds ? standalone : absorbed;
  const options = { base: mobilenetFoldings[name](), board };
  const found = foldToBudget(graph, budget, options);
  return { found, graph, options, folded: foldGraph(graph, found.config) };
}

test.each(["U250", "ZCU102", "ZCU104"] as const)("the folding for the whole %s fits it", (name) => {
  const { found, folded } = foldFor(name);
  expect(found).toMatchObject({ fits: true, budget: boards[name].capacity });
  expect(allResources(folded)).toEqual(found.resources);
  expect(isWithin(found.resources, boards[name].capacity)).toBe(true);
  expect(Math.max(...folded.nodes.map((node) => cyclesOf(node)))).toBe(found.maxCycles);
  expect(found.fps).toBeCloseTo(1e9 / (boards[name].clockNs * found.maxCycles), 6);
});

test("a U250 has enough for the fastest folding: a node stops it, not a resource", () => {
  const { found, graph, options } = foldFor("U250");
  const fastest = foldToTarget(graph, { fps: 1e6, clockNs: 3 }, options);
  expect(found.scarce).toBeNull();
  expect(found.stoppedBy).toEqual(fastest.stoppedBy);
  expect(found.maxCycles).toBe(fastest.maxCycles);
});

test("a ZCU102 runs out of DSPs, a ZCU104 out of block RAM; what the next faster folding needs is said", () => {
  for (const [name, resource] of [
    ["ZCU102", "dsp"],
    ["ZCU104", "bram18"],
  ] as const) {
    const { found } = foldFor(name);
    const available = boards[name].capacity[resource];
    expect(found).toMatchObject({ scarce: { resource, available }, stoppedBy: null });
    expect(found.scarce?.needed).toBeGreaterThan(available);
  }
});

test.each(["U250", "ZCU102", "ZCU104"] as const)(
  "any part of the %s is kept, and more is never slower",
  (name) => {
    let last = Number.POSITIVE_INFINITY;
    for (const share of [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 1]) {
      const budget = partOf(boards[name].capacity, share);
      const { found } = foldFor(name, budget);
      expect(isWithin(found.resources, budget)).toBe(found.fits);
      expect(found.scarce === null).toBe(found.stoppedBy !== null);
      if (!found.fits) continue;
      expect(found.maxCycles).toBeLessThanOrEqual(last);
      last = found.maxCycles;
    }
    expect(last).toBeLessThan(Number.POSITIVE_INFINITY);
  },
);

test("a budget too small for any folding is said, with what it lacks", () => {
  const { found } = foldFor("U250", { lut: 10_000 });
  expect(found.fits).toBe(false);
  expect(found.scarce).toEqual({ resource: "lut", needed: found.resources.lut, available: 10_000 });
  expect(found.resources.lut).toBeGreaterThan(10_000);

  const none = foldFor("ZCU104", { uram: 0 }).found;
  expect(none).toMatchObject({ fits: false, scarce: { resource: "uram", available: 0 } });
});

test("with one scarce resource, no folding of a small network within the budget is faster", () => {
  assert(
    property(
      randomChains.filter((graph) => countFoldings(graph) <= 800),
      constantFrom("lut", "bram18", "dsp"),
      double({ min: 0, max: 1.1, noNaN: true }),
      (graph, kind, place) => {
        const all = everyFolding(graph).map((one) => ({
          cycles: Math.max(...one.nodes.map((node) => cyclesOf(node))),
          used: allResources(one),
        }));
        const amounts = all.map(({ used }) => used[kind]);
        const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
        const budget = { ...boards.U250.capacity, [kind]: Math.floor(least + (most - least) * place) };
        const fitting = all.filter(({ used }) => isWithin(used, budget));
        const found = foldToBudget(graph, budget);
        expect(found.fits).toBe(fitting.length > 0);
        expect(found.maxCycles).toBe(Math.min(...fitting.map(({ cycles }) => cycles)));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([-1, Number.NaN])("a budget of %d is refused", (lut) => {
  expect(() => foldToBudget(absorbed, { lut })).toThrow(/budget has .* of lut; it must be 0 or more/);
});
