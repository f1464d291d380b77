import type {
  Endpoint,
  EndpointInfo,
  ModelNeeds,
  RemoteClient,
  RemoteOptions,
  RemoteResult,
} from "../../remote/endpoint";
import { PendingCall } from "./fake-emulator";

interface CheckRequest {
  readonly endpoint: Endpoint;
  readonly model: ModelNeeds;
}

interface InferRequest {
  readonly endpoint: Endpoint;
  readonly info: EndpointInfo;
  readonly inputs: readonly Uint8Array[];
}

/** Records what endpoints are asked and leaves the answers to the test. */
export class FakeRemote implements RemoteClient {
  readonly checks: PendingCall<CheckRequest, EndpointInfo>[] = [];
  readonly requests: PendingCall<InferRequest, RemoteResult>[] = [];

  check(endpoint: Endpoint, model: ModelNeeds, options?: RemoteOptions): Promise<EndpointInfo> {
    const call = new PendingCall<CheckRequest, EndpointInfo>({ endpoint, model }, options?.signal);
    this.checks.push(call);
    return call.promise;
  }

  infer(
    endpoint: Endpoint,
    info: EndpointInfo,
    inputs: readonly Uint8Array[],
    options?: RemoteOptions,
  ): Promise<RemoteResult> {
    const call = new PendingCall<InferRequest, RemoteResult>({ endpoint, info, inputs }, options?.signal);
    this.requests.push(call);
    return call.promise;
  }
}
