import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { foldGraph } from "../hardware/fold-graph";
import { foldedFor } from "../hardware/testing/shipped-graph";
import { type SimulateOptions, simulate } from "./simulate";

const tiny = foldGraph(tinyGraph());
const u250 = foldedFor("U250");

async function codeOf(options: SimulateOptions, folded = tiny): Promise<string> {
  try {
    await simulate(folded, options);
  } catch (error) {
    if (error instanceof StreamscopeError) return error.code;
    throw error;
  }
  return "no error";
}

test("one frame: its times, one entry a machine, and no steady state to tell of", async () => {
  const simulation = await simulate(tiny, { frames: 1 });
  expect(simulation).toMatchObject({ steady: null, deadlock: null, trace: null });
  const [frame, ...more] = simulation.frames;
  expect(more).toEqual([]);
  // A beat a pixel of the 4x4 picture, and no more than one a cycle.
  expect(frame?.firstIn).toBe(0);
  expect(frame?.lastIn).toBeGreaterThanOrEqual(15);
  expect(frame?.firstOut).toBeLessThanOrEqual(frame?.lastOut ?? 0);
  expect(simulation.cycles).toBe((frame?.lastOut ?? 0) + 1);
  for (const { perFrame } of simulation.machines) expect(perFrame).toHaveLength(1);
});

test("as many frames as asked for, and the steady state if it came to it", async () => {
  const { frames, steady } = await simulate(tiny, { frames: 7 });
  expect(frames).toHaveLength(7);
  expect(steady).not.toBeNull();
  const untilSteady = await simulate(tiny);
  expect(untilSteady.steady).toEqual(steady);
  expect(untilSteady.frames).toEqual(frames.slice(0, (steady?.fromFrame ?? 0) + 1));
});

test("gives up after so many frames", async () => {
  const { frames, steady } = await simulate(tiny, { maxFrames: 2 });
  expect(frames).toHaveLength(2);
  expect(steady).toBeNull();
});

test("options that mean nothing are refused", async () => {
  const wrong: SimulateOptions[] = [
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap((value) => [
      { frames: value },
      { maxFrames: value },
      { trace: { resolution: value } },
    ]),
    ...[-1, 0.5, Number.NaN].flatMap((value) => [
      { trace: { resolution: 1, from: value } },
      { depths: new Map([["StreamingFIFO_rtl_0", value]]) },
    ]),
    { trace: { resolution: 1, from: 10, to: 10 } },
    { trace: { resolution: 1, to: 0 } },
    { trace: { resolution: 1, to: Number.NaN } },
  ];
  for (const options of wrong) expect([options, await codeOf(options)]).toEqual([options, "bad-input"]);
});

test("a window after the end is refused, one that reaches beyond it is cut there", async () => {
  const { cycles } = await simulate(tiny, { frames: 1 });
  expect(await codeOf({ frames: 1, trace: { resolution: 1, from: cycles } })).toBe("bad-input");
  const { trace } = await simulate(tiny, {
    frames: 1,
    trace: { resolution: 3, from: cycles - 4, to: 10 ** 9 },
  });
  expect(trace?.bins).toBe(2);
});

test("a trace too large to keep is refused, a window of the same fineness is not", async () => {
  await expect(simulate(u250, { frames: 1, trace: { resolution: 1 } })).rejects.toThrow(
    /Choose a coarser resolution, or a window of fewer cycles/,
  );
  const { trace } = await simulate(u250, { frames: 1, trace: { from: 200_000, to: 200_500, resolution: 1 } });
  expect(trace?.bins).toBe(500);
});

test("stops when told to: before it begins, and in the middle", async () => {
  expect(await codeOf({ signal: AbortSignal.abort() })).toBe("aborted");
  const controller = new AbortController();
  const shares: number[] = [];
  const code = await codeOf(
    {
      frames: 1000,
      signal: controller.signal,
      onProgress: (share) => {
        shares.push(share);
        controller.abort();
      },
    },
    u250,
  );
  expect(code).toBe("aborted");
  expect(shares).toHaveLength(1);
});

test("progress rises to 1", async () => {
  const shares: number[] = [];
  await simulate(u250, { frames: 2, onProgress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares[0]).toBeLessThan(0.5);
  expect(shares.at(-1)).toBe(1);
});
