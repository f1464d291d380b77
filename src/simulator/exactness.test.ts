import { assert, asyncProperty, integer } from "fast-check";
import { expect, test } from "vitest";
import { simulate } from "./simulate";
import { arbitraryPipelines } from "./testing/arbitrary-pipeline";
import { cycleByCycle } from "./testing/cycle-by-cycle";

/** Totals at the start of each cycle and at the end. */
function totals(happened: readonly boolean[]): number[] {
  const sums = [0];
  for (const [cycle, yes] of happened.entries()) sums.push((sums[cycle] ?? 0) + Number(yes));
  return sums;
}

test("every beat moves, and every machine waits, in the cycles in which a plain cycle-by-cycle simulation says so", async () => {
  await assert(
    asyncProperty(arbitraryPipelines, integer({ min: 1, max: 3 }), async (folded, frames) => {
      const expected = cycleByCycle(folded, frames);
      const simulation = await simulate(folded, { frames, trace: { resolution: 1 } });
      expect(simulation.deadlock).toBeNull();
      expect(simulation.cycles).toBe(expected.cycles);
      for (const [i, stream] of expected.streams.entries()) {
        const trace = simulation.trace?.streams[i];
        const { name, maxOccupancy } = simulation.streams[i] ?? {};
        expect([name, ...(trace?.written ?? [])]).toEqual([name, ...totals(stream.written)]);
        expect([name, ...(trace?.read ?? [])]).toEqual([name, ...totals(stream.read)]);
        expect([name, maxOccupancy]).toEqual([name, stream.maxOccupancy]);
      }
      for (const [i, { name, states }] of expected.machines.entries()) {
        const trace = simulation.trace?.machines[i];
        expect(simulation.machines[i]?.name).toBe(name);
        for (const state of ["busy", "blocked"] as const) {
          const spent = totals(states.map((one) => one === state));
          expect([name, state, ...(trace?.[state] ?? [])]).toEqual([name, state, ...spent]);
        }
      }
    }),
    { numRuns: 150 },
  );
});
