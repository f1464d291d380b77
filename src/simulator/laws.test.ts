import { assert, asyncProperty, integer, property } from "fast-check";
import { expect, test } from "vitest";
import type { FoldedGraph } from "../hardware/fold-graph";
import { buildPipeline } from "./build-network";
import { type SimulateOptions, simulate } from "./simulate";
import { arbitraryPipelines } from "./testing/arbitrary-pipeline";

const frames = 2;
const atEnds = (folded: FoldedGraph, options: Omit<SimulateOptions, "frames"> = {}) =>
  simulate(folded, { frames, ...options });

/** All FIFOs deeper by so many beats. */
function deeper(folded: FoldedGraph, by: number): ReadonlyMap<string, number> {
  const fifos = folded.instances.filter((instance) => instance.kind === "StreamingFIFO");
  return new Map(fifos.map(({ name, folding }) => [name, folding.depth + by]));
}

test("no beat is lost or made: what goes in comes out, never before, and no FIFO is above its depth", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, async (folded) => {
      const { streams, machines, trace, deadlock } = await atEnds(folded, { trace: { resolution: 1 } });
      expect(deadlock).toBeNull();
      for (const [i, { beats, depth, maxOccupancy }] of streams.entries()) {
        expect(maxOccupancy).toBeLessThanOrEqual(depth);
        expect(machines[i]?.beatsOut).toBe(frames * beats);
        expect(machines[i + 1]?.beatsIn).toBe(frames * beats);
        const { written, read } = trace?.streams[i] ?? { written: [], read: [] };
        expect([written.at(-1), read.at(-1)]).toEqual([frames * beats, frames * beats]);
        const held = Array.from(written, (beats, cycle) => beats - (read[cycle] ?? 0));
        expect(Math.min(...held)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...held)).toBeLessThanOrEqual(maxOccupancy);
      }
    }),
  );
});

test("busy, starved and blocked add up to all cycles, and for each frame to the time since the one before", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, async (folded) => {
      const { cycles, machines } = await atEnds(folded);
      for (const { busy, starved, blocked, perFrame } of machines) {
        expect(busy + starved + blocked).toBe(cycles);
        expect(Math.min(busy, starved, blocked)).toBeGreaterThanOrEqual(0);
        expect(perFrame).toHaveLength(frames);
        let before = -1;
        for (const { done, ...spent } of perFrame) {
          expect(spent.busy + spent.starved + spent.blocked).toBe(done - before);
          expect(Math.min(spent.busy, spent.starved, spent.blocked)).toBeGreaterThanOrEqual(0);
          before = done;
        }
      }
    }),
  );
});

test("deeper FIFOs carry the same beats, and none of them later", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, integer({ min: 1, max: 20 }), async (folded, by) => {
      const trace = { resolution: 1 };
      const shallow = await atEnds(folded, { trace });
      const deep = await atEnds(folded, { trace, depths: deeper(folded, by) });
      const endless = await atEnds(folded, { trace, depths: deeper(folded, Number.POSITIVE_INFINITY) });
      for (const [slow, fast] of [
        [shallow, deep],
        [deep, endless],
      ] as const) {
        expect(fast.cycles).toBeLessThanOrEqual(slow.cycles);
        for (const [i, stream] of slow.streams.entries()) {
          expect(fast.streams[i]?.beats).toBe(stream.beats);
          const [late, early] = [slow.trace?.streams[i]?.written, fast.trace?.streams[i]?.written];
          expect(early?.every((beats, cycle) => beats >= (late?.[cycle] ?? 0))).toBe(true);
        }
      }
    }),
  );
});

test("the same folding gives the same simulation, and depths may come from the options", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, async (folded) => {
      const trace = { resolution: 7 };
      const once = await atEnds(folded, { trace });
      expect(await atEnds(folded, { trace })).toEqual(once);
      expect(await atEnds(folded, { trace, depths: deeper(folded, 0) })).toEqual(once);
    }),
  );
});

test("frames sent one by one move as frames sent all at once", () => {
  assert(
    property(arbitraryPipelines, integer({ min: 1, max: 9 }), (folded, turns) => {
      const spansOf = (allowances: readonly number[]) => {
        const { network } = buildPipeline(folded, { trace: null });
        for (const allowed of allowances) {
          network.allow(allowed);
          while (network.work(turns));
        }
        expect(network.waiting()).toEqual([]);
        for (const machine of network.machines) machine.settle();
        const ofMachines = network.machines.map(({ ledger }) => ledger.perFrame);
        return [network.streams.map(({ gaveFrame, tookFrame }) => ({ gaveFrame, tookFrame })), ofMachines];
      };
      expect(spansOf([4])).toEqual(spansOf([1, 2, 3, 4]));
    }),
  );
});

test("a coarser trace, or a window, is cut out of the finest", async () => {
  const window = integer({ min: 0, max: 400 });
  await assert(
    asyncProperty(
      arbitraryPipelines,
      integer({ min: 1, max: 50 }),
      window,
      window,
      async (folded, resolution, start, length) => {
        const finest = (await atEnds(folded, { trace: { resolution: 1 } })).trace;
        const { cycles } = await atEnds(folded);
        const from = Math.min(start, cycles - 1);
        const to = from + 1 + length;
        const cut = (await atEnds(folded, { trace: { from, to, resolution } })).trace;
        const end = Math.min(to, cycles);
        expect(cut?.bins).toBe(Math.ceil((end - from) / resolution));
        const edges = Array.from({ length: (cut?.bins ?? 0) + 1 }, (_, bin) =>
          Math.min(end, from + bin * resolution),
        );
        const at = (totals: Uint32Array | undefined) => edges.map((edge) => totals?.[edge]);
        for (const [i, stream] of finest?.streams.entries() ?? []) {
          expect(Array.from(cut?.streams[i]?.written ?? [])).toEqual(at(stream.written));
          expect(Array.from(cut?.streams[i]?.read ?? [])).toEqual(at(stream.read));
        }
        for (const [i, machine] of finest?.machines.entries() ?? []) {
          expect(Array.from(cut?.machines[i]?.busy ?? [])).toEqual(at(machine.busy));
          expect(Array.from(cut?.machines[i]?.blocked ?? [])).toEqual(at(machine.blocked));
        }
      },
    ),
  );
});

test("once steady it stays so: later results come at that interval, too", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, async (folded) => {
      const { steady } = await simulate(folded, { maxFrames: 12 });
      if (!steady) return;
      const later = await simulate(folded, { frames: steady.fromFrame + 12 });
      const results = later.frames.map(({ lastOut }) => lastOut).slice(Math.max(0, steady.fromFrame - 1));
      for (const [i, result] of results.slice(1).entries()) {
        expect(result - (results[i] ?? 0)).toBe(steady.interval);
      }
      const bottleneck = later.machines.find(({ name }) => name === steady.bottleneck.machine);
      expect(steady.bottleneck.busyCycles).toBeLessThanOrEqual(steady.interval);
      if (steady.bottleneck.limit !== "fifos") expect(steady.bottleneck.busyCycles).toBe(steady.interval);
      const ofFrame = bottleneck?.perFrame[steady.fromFrame];
      expect((ofFrame?.busy ?? 0) + (ofFrame?.starved ?? 0) + (ofFrame?.blocked ?? 0)).toBe(steady.interval);
    }),
  );
});
