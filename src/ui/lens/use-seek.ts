import { useContext } from "react";
import type { Trace } from "../../simulator/trace";
import { AppContext } from "../app-context";
import { fineWindow } from "../dataflow/model/fine-window";
import { binOfBeat } from "../dataflow/model/nth-beat";
import { type Counter, neighbour, totalsOf } from "./model/seek";

/** Ways through the cycles by what a machine does. Each moves the cycle that all views share. */
export interface Seek {
  /** To the cycle in which the count becomes n; false if it never does. */
  toCount(machine: number, counter: Counter, n: number): Promise<boolean>;
  /** To the next such cycle, or the one before. */
  step(machine: number, counter: Counter, direction: 1 | -1): Promise<boolean>;
}

/** Finds cycles in the traces: roughly in the coarse one, then exactly in a fine one. */
export function useSeek(): Seek {
  const app = useContext(AppContext);
  if (!app) throw new Error("a component of the app is used outside of it");
  const { store, streaming } = app;

  const fineAt = async (cycle: number): Promise<Trace | null> => {
    const { from, to } = fineWindow(cycle, cycle + 1);
    // The view's own wish for a trace may take the place of this one, which is then made again.
    for (let tries = 0; tries < 3; tries++) {
      await streaming.fine(from, to);
      const { fineTrace, streaming: shown } = store.getState();
      const isThere = fineTrace && fineTrace.design === shown?.design && covers(fineTrace.trace, cycle);
      if (isThere) return fineTrace.trace;
    }
    return null;
  };

  const toCount = async (machine: number, counter: Counter, n: number): Promise<boolean> => {
    const { streaming: shown, fineTrace, setCycle } = store.getState();
    const coarse = shown?.simulation.trace;
    if (!shown || !coarse) return false;
    const atHand = fineTrace?.design === shown.design ? fineTrace.trace : null;
    const direct = atHand && find(atHand, machine, counter, n);
    if (direct !== null) {
      setCycle(direct);
      return true;
    }
    const about = find(coarse, machine, counter, n);
    const fine = about === null ? null : await fineAt(about);
    const cycle = fine && find(fine, machine, counter, n);
    if (cycle === null) return false;
    setCycle(cycle);
    return true;
  };

  return {
    toCount,
    async step(machine, counter, direction) {
      const { cycle } = store.getState();
      const fine = await fineAt(cycle);
      const totals = fine && totalsOf(fine, machine, counter);
      if (!fine || !totals) return false;
      const n = neighbour(totals, cycle - fine.from, direction);
      return n > 0 && toCount(machine, counter, n);
    },
  };
}

function find(trace: Trace, machine: number, counter: Counter, n: number): number | null {
  const totals = totalsOf(trace, machine, counter);
  const bin = totals && binOfBeat(totals, n);
  return bin === null ? null : trace.from + bin * trace.resolution;
}

const covers = ({ from, bins, resolution }: Trace, cycle: number): boolean =>
  cycle >= from && cycle < from + bins * resolution;
