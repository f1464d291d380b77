import type { LivePage } from "../session/live-page";
import { settled } from "./fake-emulator";

/** A page whose time a test lets pass. */
export class FakeLivePage implements LivePage {
  #now = 0;
  #hidden = false;
  #waiting: { readonly at: number; readonly action: () => void }[] = [];
  #listener = () => {};
  /** Goes on with what waits to be painted. */
  readonly #unseen: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.#now + ms, action };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter((entry) => !due.includes(entry));
    for (const { action } of due) action();
  }

  isHidden(): boolean {
    return this.#hidden;
  }

  onVisibilityChange(listener: () => void): void {
    this.#listener = listener;
  }

  async hide(hidden: boolean): Promise<void> {
    this.#hidden = hidden;
    this.#listener();
    if (!hidden) for (const seen of this.#unseen.splice(0)) seen();
    await settled();
  }

  /** Painting takes 4 ms, once the page is seen. */
  async painted(): Promise<number> {
    if (this.#hidden) await new Promise<void>((seen) => this.#unseen.push(seen));
    return this.#now + 4;
  }
}
