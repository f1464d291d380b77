import { type ErrorCode, StreamscopeError } from "../../graph/errors";

/** An error as the page keeps and shows it: a sentence, and the one action that helps most. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: Remedy;
}

/** What the user can do: try the same again, let the app choose the engine, take another picture. */
type Remedy = "retry" | "automatic-engine" | "another-picture";

/** Turns anything thrown into a failure. What is no StreamscopeError is a fault of ours, and says so. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StreamscopeError) {
    return { code: error.code, message: error.message, remedy: remedyFor(error.code) };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: "engine-failed",
    message: `Something broke that should not have: ${reason}`,
    remedy: "retry",
  };
}

function remedyFor(code: ErrorCode): Remedy {
  switch (code) {
    case "no-webgpu":
      return "automatic-engine";
    case "bad-image":
    case "bad-input":
      return "another-picture";
    default:
      return "retry";
  }
}
