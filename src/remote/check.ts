import type { Browser } from "./browser";
import type { Endpoint, EndpointInfo, ModelNeeds, RemoteOptions } from "./endpoint";
import { exchange } from "./exchange";
import { endpointFault } from "./faults";
import { fittingModel } from "./fitting-model";
import { modelMetadata, serverMetadata } from "./metadata";
import { parseJson, refuseReplyOf } from "./parse-json";
import { type Asked, notReady, refusal } from "./refusal";

/** Metadata is a page of text; Triton's with many models stays far below. */
const maxMetadataBytes = 256 * 1024;

/** The name that servers give the extension in their metadata. */
const binaryExtension = "binary_tensor_data";

/**
 * Asks for health and metadata, one after the other, so that the first fault is the one that is told.
 * Resolves only for an endpoint whose server and model are ready and whose model fits.
 */
export async function check(
  browser: Browser,
  endpoint: Endpoint,
  needs: ModelNeeds,
  options: RemoteOptions,
): Promise<EndpointInfo> {
  const { address } = endpoint;
  const ask = async (path: string) =>
    exchange(browser, endpoint, { path, maxBytes: maxMetadataBytes }, options);
  const refuse = refuseReplyOf(address);

  /** Health is the status alone; the protocol has any 4xx for "not ready". */
  const askHealth = async (path: string, asked: Asked) => {
    const reply = await ask(path);
    if (reply.ok) return;
    const fault = refusal(endpoint, reply, asked);
    const plain = fault.details.fault === "server-error" && reply.status < 500 && reply.status !== 404;
    throw plain ? notReady(address, asked, reply) : fault;
  };

  const server: Asked = { of: "server" };
  await askHealth("v2/health/ready", server);
  const serverReply = await ask("v2");
  if (!serverReply.ok) throw refusal(endpoint, serverReply, server);
  const about = parseJson(serverReply.bytes, serverMetadata, refuse);

  const model: Asked = { of: "model", model: needs.name };
  const modelPath = `v2/models/${encodeURIComponent(needs.name)}`;
  const modelReply = await ask(modelPath);
  if (!modelReply.ok) throw refusal(endpoint, modelReply, model);
  const fitting = fittingModel(parseJson(modelReply.bytes, modelMetadata, refuse), needs);
  if (typeof fitting === "string") throw endpointFault("wrong-model", { address, wrong: fitting });
  await askHealth(`${modelPath}/ready`, model);

  return { server: about, model: fitting, binary: about.extensions.includes(binaryExtension) };
}
