import type { PacedCycles } from "./depth-needed";
import { Stream, type StreamOptions } from "./stream";
import { TimedSide } from "./timed-side";

type Ends = Pick<StreamOptions, "name" | "beats">;

/** A stream within a section. */
export class InnerStream extends Stream {
  readonly writes = new TimedSide(this.beats);
  readonly reads = new TimedSide(this.beats);

  constructor(options: StreamOptions) {
    super(options, null);
  }

  override put(cycle: number): void {
    super.put(cycle);
    this.writes.record(cycle);
  }

  override take(cycle: number): void {
    super.take(cycle);
    this.reads.record(cycle);
  }
}

/** The stream into a section: beat k of frame f is put in at `begin + given[k] + f * pace`, room or not. */
export class InputStream extends Stream {
  readonly reads = new TimedSide(this.beats);
  /** Cycle 0 of the first frame: so late that no beat comes before the simulation begins. */
  readonly begin: number;
  #frameBegin: number;
  #beat = 0;

  constructor(
    ends: Ends,
    private readonly given: PacedCycles,
    private readonly pace: number,
  ) {
    super({ ...ends, depth: Number.POSITIVE_INFINITY }, null);
    this.begin = Math.max(0, Math.ceil(-(given[0]! + 1) / pace) * pace);
    this.#frameBegin = this.begin;
  }

  override arrival(): number {
    return this.#frameBegin + this.given[this.#beat]! + 1;
  }

  override take(cycle: number): void {
    this.taken++;
    this.reads.record(cycle);
    if (++this.#beat < this.beats) return;
    this.#beat = 0;
    this.#frameBegin += this.pace;
  }
}

/** The stream out of a section: there is always room. */
export class OutputStream extends Stream {
  readonly writes = new TimedSide(this.beats);

  constructor(ends: Ends) {
    super({ ...ends, depth: Number.POSITIVE_INFINITY }, null);
  }

  override put(cycle: number): void {
    this.written++;
    this.writes.record(cycle);
  }
}
