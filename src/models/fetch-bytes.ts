import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { readBody } from "./read-body";

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((received: number) => void) | undefined;
  /** More than this is refused, whatever the server says. */
  readonly maxBytes: number;
  readonly fetch?: typeof fetch;
  /** A server that sends nothing for so long is given up. */
  readonly stallMs?: number;
}

const defaultStallMs = 30_000;

/**
 * Fetches a file of our own origin into memory. Throws `network` with a sentence when the
 * server cannot be reached, answers with an error, or stops half-way; `aborted` on the signal.
 */
export async function fetchBytes(url: string, what: string, options: FetchOptions): Promise<Uint8Array> {
  const { signal } = options;
  const request = options.fetch ?? fetch;
  const stall = stallTimer(options.stallMs ?? defaultStallMs);
  try {
    const response = await request(url, {
      credentials: "same-origin",
      // The browser's cache asks whether its copy is still the server's: the files of a package
      // belong together, and a new one keeps the old names.
      cache: "no-cache",
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
    });
    if (!response.ok) {
      throw new StreamscopeError("network", `The server has no ${what} (status ${response.status}).`, {
        url,
        status: response.status,
      });
    }
    const { maxBytes, onProgress } = options;
    return await readBody(response, {
      maxBytes,
      tooLarge: () =>
        new StreamscopeError("bad-package", `The ${what} is larger than it should be. Load the page again.`, {
          maxBytes,
        }),
      onReceived: (bytes) => {
        stall.restart();
        onProgress?.(bytes);
      },
    });
  } catch (cause) {
    if (cause instanceof StreamscopeError) throw cause;
    throwIfAborted(signal);
    const why = stall.signal.aborted ? "The server stopped sending." : "Check the connection and try again.";
    throw new StreamscopeError("network", `The ${what} could not be loaded. ${why}`, { url }, { cause });
  } finally {
    stall.stop();
  }
}

/** A signal that fires when `restart` was not called for `ms`. */
export function stallTimer(ms: number): { signal: AbortSignal; restart: () => void; stop: () => void } {
  const controller = new AbortController();
  const begin = () => setTimeout(() => controller.abort(), ms);
  let timer = begin();
  return {
    signal: controller.signal,
    restart: () => {
      clearTimeout(timer);
      timer = begin();
    },
    stop: () => clearTimeout(timer),
  };
}
