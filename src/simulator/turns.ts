import { throwIfAborted } from "../graph/errors";

/** How long to work before others get a turn and a stop is noticed. */
const TURN_MS = 30;

/** For long work in one thread: gives others a turn from time to time. */
export class Turns {
  #ends = performance.now() + TURN_MS;

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** Between two small pieces of work: true when others had a turn. Throws `aborted`. */
  async next(): Promise<boolean> {
    throwIfAborted(this.signal);
    if (performance.now() < this.#ends) return false;
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(this.signal);
    this.#ends = performance.now() + TURN_MS;
    return true;
  }
}
