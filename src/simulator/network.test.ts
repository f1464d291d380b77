import { expect, test } from "vitest";
import { LoopMachine } from "./loop";
import { Network } from "./network";
import { passThrough, sink, source } from "./programs";
import { Stream } from "./stream";

/** Three machines, four beats a frame, FIFOs of two. */
function chain() {
  const [a, b] = ["a", "b"].map((name) => new Stream({ name, depth: 2, beats: 4 }, null)) as [Stream, Stream];
  const machines = [
    new LoopMachine("first", [], [a], source(4), null),
    new LoopMachine("second", [a], [b], passThrough(4), null),
    new LoopMachine("third", [b], [], sink(4), null),
  ];
  return { network: new Network(machines, [a, b]), a, b };
}

test("nothing to do before frames are allowed, and nothing waits", () => {
  const { network } = chain();
  expect(network.work(100)).toBe(false);
  expect(network.waiting()).toEqual([]);
});

test("works until all frames are through, as finely cut as one likes", () => {
  const { network, a, b } = chain();
  network.allow(2);
  let turns = 0;
  while (network.work(1)) turns++;
  expect(turns).toBeGreaterThan(3);
  expect(network.waiting()).toEqual([]);
  network.settle();
  // Beat k is put in in cycle k, passed on in k + 1, and taken in k + 2.
  expect(a.gaveFrame).toEqual([
    { first: 0, last: 3 },
    { first: 4, last: 7 },
  ]);
  expect(b.tookFrame[1]).toEqual({ first: 6, last: 9 });
  expect(network.cycles).toBe(10);
});

test("while it works it says who waits for what", () => {
  const { network, a, b } = chain();
  network.allow(1);
  // Only the first machine had a turn: its FIFO is full.
  expect(network.work(1)).toBe(true);
  // The second has beats and room, so it does not wait.
  expect(network.waiting().map(({ machine, need }) => [machine.name, need])).toEqual([
    ["first", { what: "room", stream: a }],
    ["third", { what: "beat", stream: b }],
  ]);
});
