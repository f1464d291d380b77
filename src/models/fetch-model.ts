import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { stallTimer } from "./fetch-bytes";
import { readBody } from "./read-body";

/** The largest model file that is taken, from the disk or the network. */
export const maxModelBytes = 200e6;

export interface FetchModelOptions {
  readonly signal?: AbortSignal;
  /** Bytes that have come, and how many there will be: null where the server does not say. */
  readonly onProgress?: (received: number, total: number | null) => void;
  readonly fetch?: typeof fetch;
  /** A server that sends nothing for so long is given up. */
  readonly stallMs?: number;
  /** Address of the page: a secure one may not ask insecure hosts. */
  readonly page?: string;
}

/** Reads an address as people type it. Throws `bad-input` for what is none. */
export function parseModelUrl(text: string, page = globalThis.location?.href): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new StreamscopeError(
      "bad-input",
      "This is no address of a file. Addresses begin with https:// or http://.",
    );
  }
  const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !local && page?.startsWith("https:")) {
    throw new StreamscopeError(
      "bad-input",
      "This page is secure, so the browser lets it load from https:// addresses only. Download the file and open it here.",
    );
  }
  return url;
}

/**
 * Fetches a file from an address that the user typed, without cookies and without saying where the
 * user is. Throws StreamscopeError with a sentence on what to do: `bad-input` for a wrong address or
 * a file that is too large, `network`, `aborted`.
 */
export async function fetchModel(
  address: string,
  options: FetchModelOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, onProgress, page } = options;
  throwIfAborted(signal);
  const url = parseModelUrl(address, page);
  const request = options.fetch ?? fetch;
  const stall = stallTimer(options.stallMs ?? 30_000);
  const ends = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal;
  const init = { credentials: "omit", referrerPolicy: "no-referrer", signal: ends } as const;
  let answered = false;
  try {
    const response = await request(url.href, init);
    answered = true;
    if (!response.ok) throw refused(url, response.status);
    const length = Number(response.headers.get("content-length"));
    // A packed body has another length than the file.
    const total = length > 0 && !response.headers.get("content-encoding") ? length : null;
    if (total !== null && total > maxModelBytes) {
      throw tooLarge(url);
    }
    const bytes = await readBody(response, {
      maxBytes: maxModelBytes,
      tooLarge: () => tooLarge(url),
      onReceived: (received) => {
        stall.restart();
        onProgress?.(received, total);
      },
    });
    if (total !== null && bytes.length < total) throw cutShort(url);
    return bytes;
  } catch (cause) {
    if (cause instanceof StreamscopeError) throw cause;
    throwIfAborted(signal);
    if (stall.signal.aborted) {
      throw failed(
        url,
        `${url.host} stopped sending. Try again, or download the file and open it here.`,
        cause,
      );
    }
    if (answered) throw cutShort(url, cause);
    const forbids = await answersOthers(request, url, ends);
    throwIfAborted(signal);
    throw failed(
      url,
      forbids
        ? `${url.host} does not let other pages read its files (it sends no CORS header). Download the file and open it here.`
        : `${url.host} could not be reached. Check the address and the connection.`,
      cause,
    );
  } finally {
    stall.stop();
  }
}

/**
 * Does the host answer when nobody is to read the answer? The browser does not tell a page whether a
 * request failed on its way or for want of a CORS header.
 */
async function answersOthers(request: typeof fetch, url: URL, signal: AbortSignal): Promise<boolean> {
  try {
    await request(url.href, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal,
    });
    return true;
  } catch {
    return false;
  }
}

function failed(url: URL, sentence: string, cause?: unknown): StreamscopeError {
  return new StreamscopeError("network", sentence, { url: url.href }, { cause });
}

function refused(url: URL, status: number): StreamscopeError {
  const why =
    status === 404 || status === 410
      ? "has no such file"
      : status === 401 || status === 403
        ? "does not give this file to everyone"
        : "did not send the file";
  return failed(url, `${url.host} ${why} (status ${status}). Check the address.`);
}

function cutShort(url: URL, cause?: unknown): StreamscopeError {
  return failed(url, `The download from ${url.host} broke off before its end. Try again.`, cause);
}

function tooLarge(url: URL): StreamscopeError {
  return new StreamscopeError(
    "bad-input",
    `The file is larger than ${maxModelBytes / 1e6} MB, the most that is opened here. Is this the address of the model?`,
    { url: url.href },
  );
}
