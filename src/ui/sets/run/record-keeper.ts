import type { FileRecord } from "./record";
import type { RunStore } from "./run-store";

/**
 * Writes records to the store as fast as it takes them: those that come meanwhile go together the next
 * time. Once one cannot be kept, as on a full disk, nothing more is written, and `isKeeping` says so.
 */
export class RecordKeeper {
  #waiting: FileRecord[] = [];
  #writing: Promise<void> | null = null;
  #isKeeping = true;

  /** @param onLost called once, when the first record cannot be kept */
  constructor(
    private readonly runId: string,
    private readonly store: Pick<RunStore, "put">,
    private readonly onLost: () => void,
  ) {}

  get isKeeping(): boolean {
    return this.#isKeeping;
  }

  put(record: FileRecord): void {
    if (!this.#isKeeping) return;
    this.#waiting.push(record);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  /** From now on all is in memory only. */
  lose(): void {
    if (!this.#isKeeping) return;
    this.#isKeeping = false;
    this.#waiting = [];
    this.onLost();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      if (!(await this.store.put(this.runId, batch))) this.lose();
    }
  }
}
