/**
 * The one error type that rooms throw for input from outside (files, links, the
 * network, the GPU). `message` is a sentence a user can act on; `code` is for
 * programs; `details` names the node, the op, the file.
 */
export type ErrorCode =
  | "bad-model" // the file is no ONNX model, or is damaged
  | "unsupported-model" // a valid model that the compiler refuses, with node, op and reason
  | "bad-package" // a damaged, altered or foreign model package
  | "bad-image" // a file that holds no picture we can read
  | "bad-input" // wrong number of bytes, wrong option
  | "no-webgpu" // the browser or the machine has no usable WebGPU
  | "device-lost" // the GPU device went away during work
  | "engine-failed" // an engine broke in a way that is not the user's fault
  | "worker-lost" // the worker that computed was ended
  | "network" // something could not be fetched
  | "endpoint" // a remote endpoint cannot be used; `details.fault` says in which way
  | "camera" // the camera cannot be used; `details.fault` says in which way
  | "aborted"; // the caller asked to stop

export class StreamscopeError extends Error {
  override readonly name = "StreamscopeError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Throws the `aborted` error if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new StreamscopeError("aborted", "Stopped.");
}

/** For `catch`: null in place of the error of this code; any other is thrown on. */
export function nullOn(code: ErrorCode): (error: unknown) => null {
  return (error) => {
    if (error instanceof StreamscopeError && error.code === code) return null;
    throw error;
  };
}
