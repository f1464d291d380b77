import type { Machine, Need } from "./machine";
import { type Stream, UNKNOWN } from "./stream";
import type { TraceWindow } from "./trace";
import { TwoSidedLedger } from "./two-sided-ledger";

/** So many beats in make so many beats out, again and again. */
export interface Grouping {
  readonly taken: number;
  readonly given: number;
  /** Groups a frame. */
  readonly groups: number;
}

/**
 * Collects a group of beats, then puts a group out while the next comes in; the last beat of the
 * next goes in with the last beat out at the earliest. So it keeps up one beat a cycle on its busier
 * side. A width converter is one, with the least common multiple of both widths as its group, and so
 * is LabelSelect, whose group is a frame.
 */
export class GroupMachine implements Machine {
  frames = 0;
  readonly inputs: readonly [Stream];
  readonly outputs: readonly [Stream];
  readonly frameCycles: number;
  readonly #ledger: TwoSidedLedger;
  /** Groups taken and given whole, and beats of the ones under way. */
  #groupsTaken = 0;
  #groupsGiven = 0;
  #taken = 0;
  #given = 0;
  #lastTake = -1;
  #lastGive = -1;
  /** Cycle of the last beat of the group that is being put out. */
  #collected = 0;

  constructor(
    readonly name: string,
    private readonly input: Stream,
    private readonly output: Stream,
    private readonly grouping: Grouping,
    window: TraceWindow | null,
  ) {
    this.inputs = [input];
    this.outputs = [output];
    this.frameCycles = Math.max(grouping.taken, grouping.given) * grouping.groups;
    this.#ledger = new TwoSidedLedger(window, grouping.given * grouping.groups);
  }

  get ledger() {
    return this.#ledger.ledger;
  }

  advance(): boolean {
    let moved = false;
    while (this.#take() || this.#give()) moved = true;
    return moved;
  }

  #take(): boolean {
    if (this.#groupsTaken === this.frames * this.grouping.groups) return false;
    const last = this.#taken === this.grouping.taken - 1;
    // The group before must be out, or its beats would be overwritten.
    if (last && this.#groupsGiven < this.#groupsTaken) return false;
    const arrival = this.input.arrival();
    if (arrival === UNKNOWN) return false;
    const cycle = Math.max(this.#lastTake + 1, arrival, last ? this.#lastGive : 0);
    this.input.take(cycle);
    this.#ledger.took(cycle, 0);
    this.#lastTake = cycle;
    if (last) {
      this.#taken = 0;
      this.#groupsTaken++;
      this.#collected = cycle;
    } else this.#taken++;
    return true;
  }

  #give(): boolean {
    if (this.#groupsGiven === this.#groupsTaken) return false;
    const room = this.output.room();
    if (room === UNKNOWN) return false;
    const ready = Math.max(this.#lastGive, this.#collected) + 1;
    const cycle = Math.max(ready, room);
    this.output.put(cycle);
    this.#ledger.gave(cycle, ready, ready);
    this.#lastGive = cycle;
    if (++this.#given === this.grouping.given) {
      this.#given = 0;
      this.#groupsGiven++;
    }
    return true;
  }

  needs(): Need[] {
    if (this.#groupsGiven < this.#groupsTaken) return [{ what: "room", stream: this.output }];
    if (this.#groupsTaken < this.frames * this.grouping.groups) return [{ what: "beat", stream: this.input }];
    return [];
  }

  settle(): void {
    this.#ledger.settle();
  }
}
