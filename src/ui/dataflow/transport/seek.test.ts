import { beforeEach, expect, test } from "vitest";
import type { Simulation } from "../../../simulator/result";
import type { Trace } from "../../../simulator/trace";
import type { FoldedDesign } from "../../state/folding-slice";
import { type AppStore, createAppStore } from "../../state/store";
import { settled } from "../../testing/fake-emulator";
import { type Count, isSeeking, seek, seekNext } from "./seek";

const cycles = 40_000;
/** The machine gives its n-th beat in cycle 10 n. */
const given: Count = (trace) =>
  Uint32Array.from({ length: trace.bins + 1 }, (_, i) =>
    Math.max(0, Math.ceil((trace.from + i * trace.resolution) / 10) - 1),
  );
const trace = (from: number, bins: number, resolution: number): Trace => ({
  from,
  bins,
  resolution,
  machines: [],
  streams: [],
});
const newDesign = () => ({}) as FoldedDesign;
const shown = (design: FoldedDesign) => ({
  design,
  simulation: { cycles, trace: trace(0, cycles / 400, 400) } as unknown as Simulation,
});

let store: AppStore;
/** Lets the single cycles that were asked for come. */
let come: (() => void)[];
const session = {
  fine: (from: number, to: number) =>
    new Promise<void>((resolve) => {
      come.push(() => {
        const { streaming, setFineTrace } = store.getState();
        if (streaming) setFineTrace({ design: streaming.design, trace: trace(from, to - from, 1) });
        resolve();
      });
    }),
};

beforeEach(() => {
  come = [];
  store = createAppStore();
  store.getState().setStreaming(shown(newDesign()));
});
const cycle = () => store.getState().cycle;

test("a count far away is found by the coarse trace, then exactly", async () => {
  const found = seek({ store, session }, given, 2500);
  come[0]?.();
  expect(await found).toBe("found");
  expect(cycle()).toBe(25_000);
  expect(await seekNext({ store, session }, given, 1)).toBe("found");
  expect(cycle()).toBe(25_010);
  expect(await seekNext({ store, session }, given, -1)).toBe("found");
  expect(cycle()).toBe(25_000);
  expect(come).toHaveLength(1);
});

test("a count that is never reached is told, and the cycle stays", async () => {
  expect(await seek({ store, session }, given, 4001)).toBe("never");
  expect(await seek({ store, session }, () => null, 1)).toBe("never");
  expect(cycle()).toBe(0);
});

test("who moves meanwhile stays where they went", async () => {
  const far = seek({ store, session }, given, 2500);
  const next = seekNext({ store, session }, given, 1);
  store.getState().setCycle(77);
  for (const one of come) one();
  expect(await Promise.all([far, next])).toEqual(["given-up", "given-up"]);
  expect(cycle()).toBe(77);
});

test("of two searches the newer one ends where it was to go, whichever comes first", async () => {
  const older = seek({ store, session }, given, 2500);
  const newer = seek({ store, session }, given, 1000);
  expect(isSeeking(store)).toBe(true);
  come[0]?.();
  expect(await older).toBe("given-up");
  expect(isSeeking(store)).toBe(true);
  come[1]?.();
  expect(await newer).toBe("found");
  expect(cycle()).toBe(10_000);
  expect(isSeeking(store)).toBe(false);
});

test("an edit, or leaving, ends the search", async () => {
  let gone = false;
  const left = seek({ store, session, isGone: () => gone }, given, 2500);
  gone = true;
  come[0]?.();
  expect(await left).toBe("given-up");
  const edited = seek({ store, session }, given, 1000);
  store.getState().setStreaming(shown(newDesign()));
  come[1]?.();
  expect(await edited).toBe("given-up");
  expect(cycle()).toBe(0);
});

test("single cycles that gave way to another wish are asked for once more, and not for ever", async () => {
  const nothing = { fine: async () => void asked++ };
  let asked = 0;
  expect(await seek({ store, session: nothing }, given, 2500)).toBe("given-up");
  expect(asked).toBe(2);
  const second = {
    fine: (from: number, to: number) => (asked++ === 2 ? nothing.fine() : session.fine(from, to)),
  };
  const found = seek({ store, session: second }, given, 2500);
  await settled();
  come[0]?.();
  expect(await found).toBe("found");
  expect(cycle()).toBe(25_000);
});
