import { assert, asyncProperty, constantFrom } from "fast-check";
import { expect, test } from "vitest";
import { finnDepth, withFifoDepths } from "../hardware/fifo-depths";
import { type FoldedGraph, foldGraph } from "../hardware/fold-graph";
import { mobilenetFoldings } from "../hardware/presets";
import { foldedFor, shippedGraph } from "../hardware/testing/shipped-graph";
import { simulate } from "./simulate";
import { sizeFifos } from "./size-fifos";
import { arbitraryPipelines } from "./testing/arbitrary-pipeline";

/** Enough for small pipelines to come to their last rate. */
const FRAMES = 96;

/** Cycles between results in the end, over many frames. */
async function lastInterval(folded: FoldedGraph, depths: ReadonlyMap<string, number>): Promise<number> {
  const { frames } = await simulate(folded, { frames: FRAMES, depths });
  const [middle, last] = [frames[FRAMES / 2 - 1], frames[FRAMES - 1]];
  return ((last?.lastOut ?? 0) - (middle?.lastOut ?? 0)) / (FRAMES / 2);
}

const fifoNames = ({ instances }: FoldedGraph) =>
  instances.filter(({ kind }) => kind === "StreamingFIFO").map(({ name }) => name);

/** The depth before this one in the series that begins with 2. */
function nextLower(depth: number, round: "finn" | "exact"): number {
  let lower = depth - 1;
  while (round === "finn" && finnDepth(lower) !== lower) lower--;
  return lower;
}

test("full throughput, and no FIFO can do with its next lower depth", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, constantFrom("finn", "exact"), async (folded, round) => {
      const { depths, interval } = await sizeFifos(folded, { round });
      expect([...depths.keys()]).toEqual(fifoNames(folded));
      const unlimited = new Map(fifoNames(folded).map((name) => [name, Number.POSITIVE_INFINITY]));
      expect(await lastInterval(folded, unlimited)).toBe(interval);
      expect(await lastInterval(folded, depths)).toBe(interval);
      for (const [name, depth] of depths) {
        expect(depth).toBeGreaterThanOrEqual(2);
        if (depth === 2) continue;
        const shallower = new Map([...depths, [name, nextLower(depth, round)]]);
        expect(await lastInterval(folded, shallower), name).toBeGreaterThan(interval);
      }
    }),
    { numRuns: 100 },
  );
});

/** The first nodes of the network as FINN's example folds it for the U250. */
function frontOfU250() {
  const graph = shippedGraph();
  const front = { ...graph, nodes: graph.nodes.slice(0, 8) };
  const { defaults, nodes } = mobilenetFoldings.U250();
  const there = new Set(front.nodes.map(({ name }) => name));
  const config = { defaults, nodes: new Map([...nodes].filter(([name]) => there.has(name))) };
  return { front, config };
}

test("the front of the U250's network: which FIFOs need more than 2, and the folding that they make", async () => {
  const { front, config } = frontOfU250();
  const folded = foldGraph(front, config, { widths: "type-bound" });
  expect((await simulate(folded)).steady?.interval).toBeGreaterThan(111_340);

  const shares: number[] = [];
  const { depths, interval } = await sizeFifos(folded, {
    round: "exact",
    onProgress: (share) => shares.push(share),
  });
  expect(interval).toBe(111_340);
  expect(Object.fromEntries([...depths].filter(([, depth]) => depth > 2))).toEqual({
    StreamingFIFO_rtl_3: 175,
    StreamingFIFO_rtl_9: 406,
  });
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));

  const sized = foldGraph(front, withFifoDepths(config, depths), { widths: "type-bound" });
  expect((await simulate(sized)).steady?.interval).toBe(111_340);
}, 240_000);

test("stops when asked", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { front, config } = frontOfU250();
  const stopped = sizeFifos(foldGraph(front, config), { signal, onProgress: () => controller.abort() });
  await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  await expect(sizeFifos(foldedFor("U250"), { signal })).rejects.toMatchObject({ code: "aborted" });
});
