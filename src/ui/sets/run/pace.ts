/** Over how many samples the pace is measured: some fifteen seconds, as the run publishes four a second. */
const windowSamples = 60;

/** Measures how many images a second come in, over the last samples. */
export class Pace {
  #samples: { readonly at: number; readonly count: number }[] = [];

  /**
   * @param at milliseconds
   * @param count images done up to then
   */
  sample(at: number, count: number): void {
    this.#samples.push({ at, count });
    if (this.#samples.length > windowSamples) this.#samples.shift();
  }

  /** Images a second; null while there is nothing to measure. */
  perSecond(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at === first.at || last.count === first.count) return null;
    return ((last.count - first.count) / (last.at - first.at)) * 1000;
  }
}
