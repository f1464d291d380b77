import { Ledger } from "./ledger";
import { Ring } from "./ring";
import type { TraceWindow } from "./trace";

/**
 * The ledger of a machine that takes and gives independently of each other. The two sides are
 * simulated one ahead of the other; here they are brought into order of time before they are told
 * to the ledger. A cycle in which a beat moves on either side is busy.
 */
export class TwoSidedLedger {
  readonly ledger: Ledger;
  /** Beats taken and given that are still to be told: when each moved, and since when it could have. */
  readonly #takes = new Records();
  readonly #gives = new Records();
  readonly #givesAFrame: number;
  #givesLeft: number;

  constructor(window: TraceWindow | null, givesAFrame: number) {
    this.ledger = new Ledger(window);
    this.#givesAFrame = givesAFrame;
    this.#givesLeft = givesAFrame;
  }

  /** A beat was taken; until `ready` the machine itself was not, so that it was at work and not starved. */
  took(cycle: number, ready: number): void {
    this.#takes.push(cycle, 0, ready);
    this.#tell();
  }

  /** A beat was given. All it needs was in by `fed`; it was prepared by `ready`; then it waited for room. */
  gave(cycle: number, fed: number, ready: number): void {
    this.#gives.push(cycle, fed, ready);
    this.#tell();
  }

  /** Nothing will move any more. */
  settle(): void {
    while (this.#takes.length > 0) {
      this.ledger.busyUntil(Math.min(this.#takes.cycle(), this.#takes.ready()));
      this.ledger.starvedUntil(this.#takes.cycle());
      this.#tookNow();
    }
    while (this.#gives.length > 0) this.#tellGive();
  }

  #tell(): void {
    while (this.#takes.length > 0 && this.#gives.length > 0) {
      const took = this.#takes.cycle();
      const gave = this.#gives.cycle();
      if (took < gave) {
        this.#waitedUntil(took);
        this.#tookNow();
      } else {
        this.#tellGive();
        if (took === gave) this.#takes.shift();
      }
    }
  }

  #tookNow(): void {
    this.ledger.busyUntil(this.#takes.cycle() + 1);
    this.#takes.shift();
  }

  #tellGive(): void {
    const gave = this.#gives.cycle();
    this.#waitedUntil(gave);
    this.ledger.busyUntil(gave + 1);
    this.#gives.shift();
    if (--this.#givesLeft === 0) {
      this.#givesLeft = this.#givesAFrame;
      this.ledger.frameDone();
    }
  }

  /** What the next beat to be given waited for until `cycle`. */
  #waitedUntil(cycle: number): void {
    if (this.ledger.now >= cycle) return;
    const fed = Math.min(cycle, this.#gives.fed());
    if (this.#takes.length > 0) this.ledger.busyUntil(Math.min(fed, this.#takes.ready()));
    this.ledger.starvedUntil(fed);
    this.ledger.busyUntil(Math.min(cycle, this.#gives.ready()));
    this.ledger.blockedUntil(cycle);
  }
}

/** First in, first out. */
class Records {
  readonly #cycles = new Ring(64);
  readonly #fed = new Ring(64);
  readonly #ready = new Ring(64);
  #first = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#first;
  }

  push(cycle: number, fed: number, ready: number): void {
    if (this.length === this.#cycles.size) {
      for (const ring of [this.#cycles, this.#fed, this.#ready]) ring.grow(this.#end);
    }
    this.#cycles.set(this.#end, cycle);
    this.#fed.set(this.#end, fed);
    this.#ready.set(this.#end, ready);
    this.#end++;
  }

  shift(): void {
    this.#first++;
  }

  /** Of the first record. */
  cycle(): number {
    return this.#cycles.get(this.#first);
  }

  fed(): number {
    return this.#fed.get(this.#first);
  }

  ready(): number {
    return this.#ready.get(this.#first);
  }
}
