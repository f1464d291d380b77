import { expect, test } from "vitest";
import { GroupMachine } from "./group";
import { LoopMachine } from "./loop";
import type { Machine } from "./machine";
import { Network } from "./network";
import { passThrough, sink, source } from "./programs";
import type { SteadyState } from "./result";
import { steadyState } from "./steady";
import { Stream } from "./stream";

const beats = 4;
const fifo = (name: string, depth: number) => new Stream({ name, depth, beats }, null);
const dma = (out: Stream) => new LoopMachine("idma0", [], [out], source(beats), null);
const end = (into: Stream) => new LoopMachine("odma0", [into], [], sink(beats), null);
/** Four beats, each after so many cycles of computing. */
const slow = (name: string, into: Stream, out: Stream, compute: number) =>
  new LoopMachine(
    name,
    [into],
    [out],
    [{ times: 1, runs: [{ steps: beats, compute, takes: true, gives: true }] }],
    null,
  );

/** After each frame in turn. */
function steadyAfter(machines: readonly Machine[], streams: readonly Stream[], frames: number) {
  const network = new Network(machines, streams);
  const found: (SteadyState | null)[] = [];
  for (let frame = 1; frame <= frames; frame++) {
    network.allow(frame);
    while (network.work(100));
    found.push(steadyState(network, frame));
  }
  return found;
}

test("a node that is always busy sets the interval, though what is before it still runs ahead", () => {
  const [a, b] = [fifo("a", 100), fifo("b", 2)];
  const found = steadyAfter([dma(a), slow("node", a, b, 2), end(b)], [a, b], 3);
  // One frame tells nothing, and the first differs from the second by its start.
  expect(found.slice(0, 2)).toEqual([null, null]);
  expect(found[2]).toEqual({
    interval: 12,
    fromFrame: 2,
    bottleneck: { machine: "node", busyCycles: 12, limit: "node", fullStreams: [], heldUpBy: null },
  });
});

test("when all keep up with the input DMA, that is the limit", () => {
  const [a, b] = [fifo("a", 2), fifo("b", 2)];
  const node = new LoopMachine("node", [a], [b], passThrough(beats), null);
  expect(steadyAfter([dma(a), node, end(b)], [a, b], 3)[2]).toMatchObject({
    interval: 4,
    bottleneck: { machine: "idma0", limit: "input" },
  });
});

test("of a node and a converter that are as slow the node is named", () => {
  const a = fifo("a", 100);
  const [b, c] = ["b", "c"].map((name) => new Stream({ name, depth: 100, beats: 12 }, null)) as [
    Stream,
    Stream,
  ];
  // The converter puts out three beats for one, twelve a frame; the node behind it takes as long.
  const converter = new GroupMachine("converter", a, b, { taken: 1, given: 3, groups: beats }, null);
  const node = new LoopMachine("node", [b], [c], passThrough(12), null);
  const last = new LoopMachine("odma0", [c], [], sink(12), null);
  expect(steadyAfter([dma(a), converter, node, last], [a, b, c], 3)[2]).toMatchObject({
    interval: 12,
    bottleneck: { machine: "node", limit: "node" },
  });
});

test("a FIFO of one place halves the rate: full, and named with what is behind it", () => {
  const [a, b] = [fifo("a", 2), fifo("b", 1)];
  const node = slow("node", a, b, 0);
  const found = steadyAfter([dma(a), node, end(b)], [a, b], 5).at(-1);
  // A beat a cycle could move, but a place is free again only two cycles after it was filled.
  expect(found).toMatchObject({
    interval: 8,
    bottleneck: {
      machine: "idma0",
      busyCycles: 4,
      limit: "fifos",
      fullStreams: ["a", "b"],
      heldUpBy: "odma0",
    },
  });
});

test("results that come faster than beats go in live on what the FIFOs hold: not steady", () => {
  const frames = (interval: number) => {
    const stream = new Stream({ name: "stream", depth: 8, beats: 1 }, null);
    for (let frame = 1; frame <= 4; frame++) stream.put(frame * interval);
    return stream;
  };
  expect(steadyState(new Network([], [frames(10), frames(9)]), 4)).toBeNull();
});

test("results that came evenly for a dozen frames are steady, though beats before them still shift", () => {
  const front = new Stream({ name: "front", depth: 100, beats: 2 }, null);
  const results = new Stream({ name: "results", depth: 100, beats: 1 }, null);
  for (let frame = 1; frame <= 13; frame++) {
    // The first beat of each frame comes one cycle later against the last than in the frame before.
    front.put(frame * 30 - 20 + frame);
    front.put(frame * 30);
    results.put(frame * 30);
  }
  const network = new Network([dma(front)], [front, results]);
  expect(steadyState(network, 12)).toBeNull();
  expect(steadyState(network, 13)).toMatchObject({ interval: 30, fromFrame: 12 });
});
