import { StreamscopeError } from "../graph/errors";
import type { Browser } from "./browser";
import type { Endpoint, EndpointInfo, RemoteOptions, RemoteResult } from "./endpoint";
import { exchange } from "./exchange";
import { batchOf } from "./fitting-model";
import { decodeReply } from "./infer-reply";
import { encodeRequest } from "./infer-request";
import { refuseReplyOf } from "./parse-json";
import { refusal } from "./refusal";

/** Five numbers an image take less by far, in JSON too; the rest is for names and parameters. */
const maxReplyBytes = (batch: number) => 64 * 1024 + 1024 * batch;

/**
 * Runs a batch. A model with a fixed batch gets black images behind ours to fill it; their answers
 * are dropped. Throws `bad-input` for no image, more than the fixed batch, or an image of another
 * size; `endpoint`; `aborted`.
 */
export async function infer(
  browser: Browser,
  endpoint: Endpoint,
  info: EndpointInfo,
  inputs: readonly Uint8Array[],
  options: RemoteOptions,
): Promise<RemoteResult> {
  const images = fillBatch(info, inputs);
  const batch = images.length;
  const { name } = info.model;
  const id = randomId();
  const { headers, body } = encodeRequest(info, id, images);
  const path = `v2/models/${encodeURIComponent(name)}/infer`;
  const question = { path, headers, body, maxBytes: maxReplyBytes(batch) };
  const begun = performance.now();
  const reply = await exchange(browser, endpoint, question, { timeoutMs: 30_000, ...options });
  const total = performance.now() - begun;
  if (!reply.ok) throw refusal(endpoint, reply, { of: "inference", model: name });
  const refuse = refuseReplyOf(endpoint.address);
  const { top, parameters } = decodeReply(reply.bytes, reply.headers, { id, info, batch }, refuse);
  const timeMs = {
    total,
    queue: duration(parameters.queue_ms),
    device: duration(parameters.device_ms),
  };
  return { top: top.slice(0, inputs.length), timeMs, parameters };
}

/** 128 random bits. `randomUUID` is missing in pages that came over http. */
function randomId(): string {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
}

function fillBatch({ model: { input } }: EndpointInfo, inputs: readonly Uint8Array[]): readonly Uint8Array[] {
  const bytes = input.shape.slice(1).reduce((product, size) => product * size, 1);
  const wrong = inputs.find((image) => image.length !== bytes);
  if (wrong) {
    throw new StreamscopeError(
      "bad-input",
      `An image has ${wrong.length} bytes, the endpoint takes ${bytes}.`,
    );
  }
  if (inputs.length === 0) throw new StreamscopeError("bad-input", "There is no image to send.");
  const fixed = batchOf(input);
  if (fixed === -1) return inputs;
  if (inputs.length > fixed) {
    throw new StreamscopeError(
      "bad-input",
      `This endpoint takes ${fixed} images at once, not ${inputs.length}. Send fewer.`,
    );
  }
  const black = new Uint8Array(bytes);
  return [...inputs, ...Array.from({ length: fixed - inputs.length }, () => black)];
}

/** Milliseconds that the endpoint measured; null for what is no duration. */
function duration(value: string | number | boolean | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}
