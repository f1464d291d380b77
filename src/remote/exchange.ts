import { StreamscopeError, throwIfAborted } from "../graph/errors";
import type { Browser } from "./browser";
import { addressSpaceOption, awaitsPermission, diagnose, isRedirect } from "./diagnose";
import type { Endpoint, RemoteOptions } from "./endpoint";
import { endpointFault } from "./faults";
import { readBody } from "./read-body";

/** A request, in the protocol's terms. */
export interface Question {
  /** Under the endpoint's address: `v2/health/ready`. */
  readonly path: string;
  /** What to send by POST; a GET without it. */
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A reply with more is refused while it is read. */
  readonly maxBytes: number;
}

/** A reply of any status, read to its end. */
export interface Reply {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Of a refusal only its beginning is read: there is one sentence to quote. */
const maxRefusalBytes = 16_384;

/**
 * One request to an endpoint and its reply. Sends no cookie and no referrer, follows no redirect, and
 * gives the token to the endpoint's own address only. Throws StreamscopeError: `endpoint` if no reply
 * came, none in time, a redirect, or one that is too long or breaks off; `aborted`.
 */
export async function exchange(
  browser: Browser,
  { address, token }: Endpoint,
  question: Question,
  { signal, timeoutMs = 10_000 }: RemoteOptions,
): Promise<Reply> {
  throwIfAborted(signal);
  const { page } = browser;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  let answered = false;
  try {
    const response = await browser.fetch(`${address}/${question.path}`, {
      ...(question.body ? { method: "POST", body: question.body } : {}),
      headers: { ...question.headers, ...authorization(address, token) },
      mode: "cors",
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
      ...addressSpaceOption(browser, address),
    });
    answered = true;
    const { status, ok, headers } = response;
    if (isRedirect(response)) {
      await response.body?.cancel();
      throw endpointFault("redirect", { address });
    }
    if (!ok) {
      // What it refuses counts more than whether its explanation came to an end.
      const refusal = await readBody(response, maxRefusalBytes).catch(() => null);
      throwIfAborted(signal);
      return { status, ok, headers, bytes: refusal?.bytes ?? new Uint8Array() };
    }
    const body = await readBody(response, question.maxBytes);
    if (!body.whole) {
      const wrong = `It is longer than ${question.maxBytes} bytes, more than any right answer.`;
      throw endpointFault("bad-reply", { address, wrong });
    }
    return { status, ok, headers, bytes: body.bytes };
  } catch (cause) {
    if (cause instanceof StreamscopeError) throw cause;
    throwIfAborted(signal);
    if (deadline.signal.aborted) {
      const fault = (await awaitsPermission(browser, address)) ? "local-network" : "timed-out";
      throw endpointFault(fault, { address, page, timeoutMs }, { cause });
    }
    if (answered) {
      throw endpointFault("bad-reply", { address, wrong: "It broke off before its end." }, { cause });
    }
    const diagnosis = await diagnose(browser, address, signal, cause);
    throwIfAborted(signal);
    throw diagnosis;
  } finally {
    clearTimeout(timer);
  }
}

function authorization(address: string, token: string | null): Record<string, string> {
  if (!token) return {};
  // A header takes no others, and `fetch` would fail with an error that looks like a lost connection.
  if (!/^[!-~]+$/.test(token)) {
    const wrong = "A token has only letters, digits and signs of plain ASCII, and no spaces. Enter it again.";
    throw endpointFault("unauthorized", { address, wrong });
  }
  return { Authorization: `Bearer ${token}` };
}
