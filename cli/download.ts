import { StreamscopeError, throwIfAborted } from "../src/graph/errors";
import { stallTimer } from "../src/models/fetch-bytes";

export interface DownloadOptions {
  /** A larger file is refused as soon as that is known. */
  readonly maxBytes: number;
  /** A server that sends nothing for so long is given up. */
  readonly stallMs: number;
  /** Bytes so far, and of the whole if the server says. */
  readonly onProgress?: (received: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

const OTHER_WAY = "or download the file in another way and give its path in place of the address.";

/**
 * Downloads a file into memory, through redirects; from https only to https. Throws `network` with a
 * sentence that says what to do, `bad-input` for a file that is too large, `aborted`.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  const { signal, stallMs } = options;
  const stall = stallTimer(stallMs);
  const left = new AbortController();
  const explained = (sentence: (cause: unknown) => string) => (cause: unknown) => {
    if (cause instanceof StreamscopeError) throw cause;
    throwIfAborted(signal);
    const stalled = `The server sent nothing for ${stallMs / 1000} s. Try again, ${OTHER_WAY}`;
    const message = stall.signal.aborted ? stalled : sentence(cause);
    throw new StreamscopeError("network", message, { url: url.href }, { cause });
  };
  try {
    const request = options.fetch ?? fetch;
    const signals = [stall.signal, left.signal, ...(signal ? [signal] : [])];
    const response = await request(url, { signal: AbortSignal.any(signals) }).catch(
      explained(
        (cause) => `${url.host} could not be reached (${reason(cause)}). Check the connection, ${OTHER_WAY}`,
      ),
    );
    checkResponse(url, response);
    const total = totalBytes(response);
    const chunks: Uint8Array[] = [];
    let received = 0;
    const brokeOff = () =>
      `The download broke off after ${received} ${total === null ? "" : `of ${total} `}bytes. Try again, ${OTHER_WAY}`;
    const take = (chunk: Uint8Array) => {
      stall.restart();
      received += chunk.length;
      checkSize(Math.max(received, total ?? 0), options.maxBytes);
      chunks.push(chunk);
      options.onProgress?.(received, total);
    };
    checkSize(total ?? 0, options.maxBytes);
    await readBody(response, take).catch(explained(brokeOff));
    return Buffer.concat(chunks);
  } finally {
    stall.stop();
    // A connection with an answer that nobody reads would keep the process alive.
    left.abort();
  }
}

async function readBody(response: Response, take: (chunk: Uint8Array) => void): Promise<void> {
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return;
    take(next.value);
  }
}

function checkResponse(url: URL, response: Response): void {
  const { ok, status } = response;
  const details = { url: url.href, status };
  if (status === 404 || status === 410) {
    throw new StreamscopeError(
      "network",
      `The server has no such file (status ${status}). Check the address.`,
      details,
    );
  }
  if (!ok) {
    throw new StreamscopeError(
      "network",
      `The server answered with status ${status}. Try again later, ${OTHER_WAY}`,
      details,
    );
  }
  if (url.protocol === "https:" && !response.url.startsWith("https:")) {
    throw new StreamscopeError(
      "network",
      `The server leads to an address without encryption: ${response.url}.`,
      details,
    );
  }
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new StreamscopeError(
    "bad-input",
    `The file is larger than ${maxBytes / 1e6} MB, so it is no model for this. Check the address.`,
    { maxBytes },
  );
}

/** What the server announces; of a compressed answer that is not what comes out. */
function totalBytes({ headers }: Response): number | null {
  const length = Number(headers.get("content-length") ?? Number.NaN);
  return headers.has("content-encoding") || !Number.isSafeInteger(length) ? null : length;
}

/** Node says only "fetch failed"; why, as `ENOTFOUND`, is in the error's cause. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
