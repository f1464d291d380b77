import { StreamscopeError } from "../../graph/errors";

/** What a lost device makes fail may be told a moment before the loss itself. */
const GRACE_MS = 100;

/**
 * Stands between a device's troubles and the work that uses it: a lost device ends the work at
 * once instead of leaving it hanging, and an error that nothing caught makes it fail instead of
 * giving a wrong result.
 */
export class DeviceWatch {
  /** Why the device is gone; null while it is there. */
  #gone: StreamscopeError | null = null;
  /** Ends the work under way. Work that has ended leaves nothing behind here. */
  readonly #underWay = new Set<(reason: StreamscopeError) => void>();
  #closed = false;
  #uncaptured: GPUError | null = null;

  constructor(private readonly device: GPUDevice) {
    void device.lost.then((info) => {
      this.#gone = this.#closed ? closed() : lost(info);
      for (const end of this.#underWay) end(this.#gone);
    });
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#uncaptured = event.error;
    });
  }

  /**
   * Does work that uses the device. Throws `device-lost` if the device goes away or is gone,
   * `engine-failed` on any other trouble of the GPU or after `close`.
   */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw closed();
    if (this.#gone) throw this.#gone;
    const gone = Promise.withResolvers<never>();
    gone.promise.catch(() => {}); // it need not be awaited when it comes
    this.#underWay.add(gone.reject);
    try {
      const result = await Promise.race([work(), gone.promise]);
      if (this.#uncaptured) throw this.#uncaptured;
      return result;
    } catch (error) {
      if (error instanceof StreamscopeError && error.code !== "engine-failed") throw error;
      await Promise.race([gone.promise, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
      const cause = this.#uncaptured ?? error;
      this.#uncaptured = null;
      throw cause instanceof StreamscopeError ? cause : failed(cause);
    } finally {
      this.#underWay.delete(gone.reject);
    }
  }

  /** Destroys the device; work under way and to come is refused. */
  close(): void {
    this.#closed = true;
    this.device.destroy();
  }
}

const closed = () => new StreamscopeError("engine-failed", "This engine was closed.");

function lost({ message, reason }: GPUDeviceLostInfo): StreamscopeError {
  const why = message || reason;
  return new StreamscopeError(
    "device-lost",
    `The GPU went away${why ? ` (${why})` : ""}; the work can start again on a new one.`,
  );
}

function failed(cause: unknown): StreamscopeError {
  const why = typeof cause === "object" && cause !== null && "message" in cause ? cause.message : cause;
  return new StreamscopeError("engine-failed", `The GPU reported an error: ${why}`, {}, { cause });
}
