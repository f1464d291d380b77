/**
 * What the page needs to know of a server that runs the network elsewhere: one that speaks the
 * Open Inference Protocol v2 over REST.
 */
export interface Endpoint {
  /** Base address, normalised: no query, no fragment, no slash at its end. */
  readonly address: string;
  /** Bearer token, kept in memory only; null to send none. */
  readonly token: string | null;
}

/** What an endpoint says of itself, checked against what the network needs. */
export interface EndpointInfo {
  readonly server: {
    readonly name: string;
    readonly version: string;
    readonly extensions: readonly string[];
  };
  readonly model: {
    readonly name: string;
    readonly versions: readonly string[];
    readonly platform: string;
    readonly input: TensorInfo;
    readonly output: TensorInfo;
    /** How many classes there are: an index in an answer is below it. */
    readonly classes: number;
  };
  /** Does it take tensors as bytes (the binary tensor data extension)? */
  readonly binary: boolean;
}

/** A tensor of the protocol: -1 in its shape is the batch. */
export interface TensorInfo {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/** The answer for a batch. */
export interface RemoteResult {
  /** Five class indices an image, best first. The card gives no scores. */
  readonly top: readonly (readonly number[])[];
  readonly timeMs: {
    /** From sending to the answer read, as the page measured it. */
    readonly total: number;
    /** In the endpoint's queue, as it says; null if it does not. */
    readonly queue: number | null;
    /** On the device, for the batch this request was in, as the endpoint says; null if it does not. */
    readonly device: number | null;
  };
  /** What else the endpoint said of this answer, for the record. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

/** What the network needs of an endpoint. */
export interface ModelNeeds {
  /** The model's name at the endpoint. */
  readonly name: string;
  /** Of one image, NHWC with 1 in front: [1, 224, 224, 3]. */
  readonly inputShape: readonly number[];
  /** How many classes there are: an index is below it. */
  readonly classes: number;
}

/** Talks to endpoints. All calls reject with StreamscopeError `endpoint` (with its fault) or `aborted`. */
export interface RemoteClient {
  /** Is the server ready, and its model ours? Asks for health and metadata. */
  check(endpoint: Endpoint, model: ModelNeeds, options?: RemoteOptions): Promise<EndpointInfo>;
  /** Runs a batch: `inputs` are the images' bytes, NHWC uint8, one image each. */
  infer(
    endpoint: Endpoint,
    info: EndpointInfo,
    inputs: readonly Uint8Array[],
    options?: RemoteOptions,
  ): Promise<RemoteResult>;
}

export interface RemoteOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for an answer. */
  readonly timeoutMs?: number;
}

/** In which way an endpoint cannot be used: `details.fault` of a StreamscopeError `endpoint`. */
export type EndpointFault =
  | "bad-address" // what was typed is no http(s) address
  | "mixed-content" // a page on https may not ask an http server
  | "local-network" // the browser wants a permission for the local network
  | "unreachable" // refused, or no such host: nothing answered
  | "broke-off" // it answers, but the connection was lost before this answer came
  | "timed-out" // accepted, and no answer in time
  | "cors" // it answers, but not to this page's origin
  | "redirect" // it sends elsewhere, which is never followed
  | "unauthorized" // 401: no token, or a wrong one
  | "forbidden" // 403
  | "not-ready" // alive, but the server or the model is not ready
  | "wrong-model" // it runs another network, or none of this name
  | "overloaded" // 429 or 503: its queue is full
  | "too-large" // 413: it takes no request of this size
  | "server-error" // another status, with what the server said
  | "bad-reply"; // HTML, truncated, oversized, of a wrong shape, for another request
