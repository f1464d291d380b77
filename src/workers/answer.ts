import { type ErrorCode, StreamscopeError } from "../graph/errors";

/**
 * The outcome of a call that crosses a worker's border. Comlink would carry an error's message
 * but lose its code and details, so errors travel as values.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, string | number>>;
    };

/** Runs `work` in the worker and packs what it returns or throws; `who` failed if the fault is ours. */
export async function answer<T>(who: string, work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof StreamscopeError) {
      const { code, message, details } = error;
      return { ok: false, code, message, details };
    }
    console.error(error);
    const what = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "engine-failed", message: `The ${who} failed: ${what}`, details: {} };
  }
}

/** The page's side: the value, or the error thrown as it was. */
export function open<T>(received: Answer<T>): T {
  if (received.ok) return received.value;
  throw new StreamscopeError(received.code, received.message, received.details);
}
