/**
 * One side of a stream, frame after frame: the cycle of every beat of the newest frame, and its shift,
 * which is how much later it came than the same beat of the frame before.
 */
export class TimedSide {
  /** Of the newest frame, a beat an entry. */
  readonly cycles: Int32Array;
  /** Over the beats of the newest whole frame. */
  leastShift = 0;
  mostShift = 0;
  /** Beats whose shift was `watched` in the frame before and is not in the newest. */
  strayed = 0;
  /** To be set between frames. */
  watched = 0;
  readonly #shifts: Int32Array;
  #beat = 0;

  constructor(beats: number) {
    this.cycles = new Int32Array(beats);
    this.#shifts = new Int32Array(beats);
  }

  record(cycle: number): void {
    const beat = this.#beat;
    const shift = cycle - this.cycles[beat]!;
    if (beat === 0) {
      this.leastShift = shift;
      this.mostShift = shift;
      this.strayed = 0;
    } else if (shift < this.leastShift) this.leastShift = shift;
    else if (shift > this.mostShift) this.mostShift = shift;
    if (this.#shifts[beat] === this.watched && shift !== this.watched) this.strayed++;
    this.#shifts[beat] = shift;
    this.cycles[beat] = cycle;
    this.#beat = beat + 1 < this.cycles.length ? beat + 1 : 0;
  }
}
