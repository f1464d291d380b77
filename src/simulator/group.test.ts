import { expect, test } from "vitest";
import { type Grouping, GroupMachine } from "./group";
import { Stream } from "./stream";

function converter(grouping: Grouping, { depth = 64, beats = 64 } = {}) {
  const input = new Stream({ name: "in", depth: Number.POSITIVE_INFINITY, beats }, null);
  const output = new Stream({ name: "out", depth, beats }, null);
  return { input, output, machine: new GroupMachine("converter", input, output, grouping, null) };
}

/** All beats are there from the start; the cycles in which the machine gives and takes. */
function cyclesOf(grouping: Grouping): { takes: number[]; gives: number[]; frameCycles: number } {
  const { input, output, machine } = converter(grouping, { beats: 1 });
  for (let beat = 0; beat < grouping.taken * grouping.groups; beat++) input.put(0);
  machine.frames = 1;
  machine.advance();
  machine.settle();
  return {
    takes: input.tookFrame.map(({ first }) => first),
    gives: output.gaveFrame.map(({ first }) => first),
    frameCycles: machine.frameCycles,
  };
}

test("narrow to wide: a beat out after every group in, one in a cycle", () => {
  expect(cyclesOf({ taken: 2, given: 1, groups: 3 })).toEqual({
    takes: [1, 2, 3, 4, 5, 6],
    gives: [3, 5, 7],
    frameCycles: 6,
  });
});

test("wide to narrow: one out in a cycle; the next comes in with the last out", () => {
  expect(cyclesOf({ taken: 1, given: 3, groups: 3 })).toEqual({
    takes: [1, 4, 7],
    gives: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    frameCycles: 9,
  });
});

test("widths that do not divide go by way of their common multiple: 24 bits to 16 is 2 to 3", () => {
  // Beat 3 comes in while the group goes out, beat 4 with its last beat.
  expect(cyclesOf({ taken: 2, given: 3, groups: 3 })).toEqual({
    takes: [1, 2, 3, 5, 6, 8],
    gives: [3, 4, 5, 6, 7, 8, 9, 10, 11],
    frameCycles: 9,
  });
  expect(cyclesOf({ taken: 3, given: 2, groups: 2 })).toEqual({
    takes: [1, 2, 3, 4, 5, 6],
    gives: [4, 5, 7, 8],
    frameCycles: 6,
  });
});

test("a group that cannot go out lets all but the last beat of the next in", () => {
  const { input, output, machine } = converter({ taken: 3, given: 1, groups: 4 }, { depth: 1 });
  for (let beat = 0; beat < 12; beat++) input.put(0);
  machine.frames = 1;
  machine.advance();
  // The first group is out, the second waits for room, two beats of the third are in.
  expect([input.taken, output.written]).toEqual([8, 1]);
  expect(machine.needs()).toEqual([{ what: "room", stream: output }]);
  output.take(50);
  machine.advance();
  expect([input.taken, output.written]).toEqual([11, 2]);
});

test("waits for beats when it has nothing to put out, and for nothing when its frames are through", () => {
  const { input, machine } = converter({ taken: 2, given: 1, groups: 1 });
  machine.frames = 1;
  input.put(0);
  machine.advance();
  expect(machine.needs()).toEqual([{ what: "beat", stream: input }]);
  input.put(1);
  machine.advance();
  expect(machine.needs()).toEqual([]);
});
