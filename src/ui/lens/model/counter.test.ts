import { expect, test } from "vitest";
import type { Trace } from "../../../simulator/trace";
import { beatToStepTo } from "../../dataflow/model/nth-beat";
import { totalsOf } from "./counter";
import { momentOf } from "./moment";

const of = (...totals: number[]) => Uint32Array.from(totals);

/** Three machines over four cycles from cycle 10; the middle one takes in 10 and 12, gives in 12, waits in 11 and 13. */
const trace: Trace = {
  from: 10,
  resolution: 1,
  bins: 4,
  machines: [
    { busy: of(5, 6, 6, 6, 6), blocked: of(0, 0, 0, 0, 0) },
    { busy: of(7, 8, 8, 9, 9), blocked: of(0, 0, 0, 0, 1) },
    { busy: of(2, 2, 2, 2, 3), blocked: of(0, 0, 0, 0, 0) },
  ],
  streams: [
    { written: of(9, 9, 10, 10, 10), read: of(8, 9, 9, 10, 10) },
    { written: of(3, 3, 3, 4, 4), read: of(1, 1, 1, 1, 2) },
  ],
};

test("a moment tells what a machine does in a cycle, and how far it has come before", () => {
  expect(momentOf(trace, 1, 12)).toEqual({
    state: "busy",
    busyBefore: 8,
    taken: 9,
    given: 3,
    takes: true,
    gives: true,
    waiting: 1,
    ahead: 2,
  });
  expect(momentOf(trace, 1, 11)).toMatchObject({ state: "starved", takes: false, gives: false });
  expect(momentOf(trace, 1, 13)?.state).toBe("blocked");
});

test("there is no moment outside of the trace, of the DMAs, or of bins of several cycles", () => {
  for (const cycle of [9, 14]) expect(momentOf(trace, 1, cycle)).toBeNull();
  expect(momentOf(trace, 0, 12)).toBeNull();
  expect(momentOf({ ...trace, resolution: 64 }, 1, 12)).toBeNull();
});

test("steps go by what the machine did: work, beats in, beats out", () => {
  const totals = (counter: "work" | "taken" | "given") => totalsOf(trace, 1, counter)!;
  expect([beatToStepTo(totals("work"), 0, 1), beatToStepTo(totals("work"), 2, -1)]).toEqual([9, 8]);
  expect([beatToStepTo(totals("taken"), 0, 1), beatToStepTo(totals("taken"), 3, -1)]).toEqual([10, 10]);
  expect([beatToStepTo(totals("given"), 0, 1), beatToStepTo(totals("given"), 0, -1)]).toEqual([4, 3]);
  expect(totalsOf(trace, 0, "taken")).toBeNull();
});
