import { type ErrorCode, StreamscopeError } from "../../graph/errors";

/** What the user is told when a loss was made good. */
const recoveries: Partial<Record<ErrorCode, string>> = {
  "worker-lost": "The emulator stopped unexpectedly and was started again. Nothing was lost.",
  "device-lost": "The GPU was lost during the work, and the work was done again. Nothing was lost.",
};

/** The line to show if setting up again helps against this error; null if it does not. */
export function recoveryOf(error: unknown): string | null {
  return error instanceof StreamscopeError ? (recoveries[error.code] ?? null) : null;
}
