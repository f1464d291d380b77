import { Bins } from "./bins";
import type { FrameOfMachine } from "./result";
import type { MachineTrace, TraceWindow } from "./trace";

/** What a machine did in every cycle, told in order of time: each call goes on where the last ended. */
export class Ledger {
  /** Cycles before this one are accounted for. */
  now = 0;
  busy = 0;
  blocked = 0;
  readonly perFrame: FrameOfMachine[] = [];
  readonly #busyBins: Bins | null;
  readonly #blockedBins: Bins | null;
  /** Busy cycles in a row are handed on as one stretch. */
  #busySince = 0;
  #frameStart = { now: 0, busy: 0, blocked: 0 };

  constructor(window: TraceWindow | null) {
    this.#busyBins = window && new Bins(window);
    this.#blockedBins = window && new Bins(window);
  }

  busyUntil(cycle: number): void {
    if (cycle <= this.now) return;
    this.busy += cycle - this.now;
    this.now = cycle;
  }

  starvedUntil(cycle: number): void {
    if (cycle <= this.now) return;
    this.#endStretch();
    this.now = cycle;
    this.#busySince = cycle;
  }

  blockedUntil(cycle: number): void {
    if (cycle <= this.now) return;
    this.#endStretch();
    this.#blockedBins?.addCycles(this.now, cycle);
    this.blocked += cycle - this.now;
    this.now = cycle;
    this.#busySince = cycle;
  }

  /** The last beat of a frame moved in the cycle before `now`. */
  frameDone(): void {
    const { now, busy, blocked } = this.#frameStart;
    const cycles = this.now - now;
    const spent = { busy: this.busy - busy, blocked: this.blocked - blocked };
    this.perFrame.push({ ...spent, starved: cycles - spent.busy - spent.blocked, done: this.now - 1 });
    this.#frameStart = { now: this.now, busy: this.busy, blocked: this.blocked };
  }

  trace(bins: number): MachineTrace {
    this.#endStretch();
    this.#busySince = this.now;
    const none = new Uint32Array(bins + 1);
    return {
      busy: this.#busyBins?.totals(bins) ?? none,
      blocked: this.#blockedBins?.totals(bins) ?? none,
    };
  }

  #endStretch(): void {
    if (this.#busySince < this.now) this.#busyBins?.addCycles(this.#busySince, this.now);
  }
}
