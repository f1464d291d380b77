import { expect, test } from "vitest";
import { LoopMachine, type LoopProgram } from "./loop";
import { Stream } from "./stream";

const stream = (name: string, beats: number, depth = 8) => new Stream({ name, depth, beats }, null);
const take = { steps: 1, compute: 0, takes: true, gives: false };
const give = { steps: 1, compute: 0, takes: false, gives: true };

function machine(program: LoopProgram, input: Stream, output: Stream): LoopMachine {
  return new LoopMachine("loop", [input], [output], program, null);
}

test("one step a cycle, and each in its turn", () => {
  const [input, output] = [stream("in", 4), stream("out", 2)];
  const loop = machine([{ times: 2, runs: [take, { ...take, gives: true }] }], input, output);
  loop.frames = 1;
  for (const cycle of [0, 1, 2, 3]) input.put(cycle);
  expect(loop.advance()).toBe(true);
  expect(loop.advance()).toBe(false);
  // Beat k can be taken in cycle k + 1; every second step gives.
  expect(input.tookFrame).toEqual([{ first: 1, last: 4 }]);
  expect(output.gaveFrame).toEqual([{ first: 2, last: 4 }]);
  expect(loop.ledger.perFrame).toEqual([{ busy: 4, starved: 1, blocked: 0, done: 4 }]);
  expect(loop.needs()).toEqual([]);
});

test("computing needs no beat; the wait for room comes after it", () => {
  const [input, output] = [stream("in", 1), stream("out", 2, 1)];
  const computed = { ...give, compute: 4 };
  const loop = machine([{ times: 1, runs: [{ ...take, gives: true }, computed] }], input, output);
  loop.frames = 1;
  input.put(0);
  loop.advance();
  expect(output.written).toBe(1);
  expect(loop.needs()).toEqual([{ what: "room", stream: output }]);
  output.take(20);
  loop.advance();
  // Starved in 0, a beat in 1, four cycles of computing, blocked from 6 to 20, the second beat in 21.
  expect(output.gaveFrame).toEqual([{ first: 1, last: 21 }]);
  expect(loop.ledger.perFrame).toEqual([{ busy: 6, starved: 1, blocked: 15, done: 21 }]);
  expect(loop.frameCycles).toBe(6);
});

test("of several inputs the latest counts, of several outputs the fullest", () => {
  const inputs = [stream("a", 1), stream("b", 1)] as const;
  const outputs = [stream("c", 1, 1), stream("d", 1)] as const;
  const loop = new LoopMachine(
    "join",
    inputs,
    outputs,
    [{ times: 1, runs: [{ ...take, gives: true }] }],
    null,
  );
  loop.frames = 2;
  inputs[0].put(0);
  expect(loop.advance()).toBe(false);
  expect(loop.needs()).toEqual([{ what: "beat", stream: inputs[1] }]);
  inputs[1].put(6);
  expect(loop.advance()).toBe(true);
  expect(inputs[0].tookFrame).toEqual([{ first: 7, last: 7 }]);
  for (const input of inputs) input.put(8);
  expect(loop.advance()).toBe(false);
  expect(loop.needs()).toEqual([{ what: "room", stream: outputs[0] }]);
  outputs[0].take(30);
  loop.advance();
  expect(outputs[1].gaveFrame[1]).toEqual({ first: 31, last: 31 });
});

test("does no more frames than it may, and runs without steps or times do not count", () => {
  const [input, output] = [stream("in", 1), stream("out", 1)];
  const nothing = { ...give, steps: 0 };
  const program = [
    { times: 0, runs: [give] },
    { times: 1, runs: [nothing, { ...take, gives: true }] },
    { times: 5, runs: [nothing] },
  ];
  const loop = machine(program, input, output);
  for (const cycle of [0, 1, 2]) input.put(cycle);
  expect(loop.advance()).toBe(false);
  loop.frames = 2;
  loop.advance();
  expect([input.taken, output.written]).toEqual([2, 2]);
  expect(loop.frameCycles).toBe(1);
});
