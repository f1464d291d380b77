import type { StreamscopeError } from "../graph/errors";
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

  /** What is wrong, null if nothing. Health is the status alone; the protocol has any 4xx for "not ready". */
  const askHealth = async (path: string, asked: Asked): Promise<StreamscopeError | null> => {
    const reply = await ask(path);
    if (reply.ok) return null;
    const fault = refusal(endpoint, reply, asked);
    const plain = fault.details.fault === "server-error" && reply.status < 500 && reply.status !== 404;
    return plain ? notReady(address, asked, reply) : fault;
  };

  const server: Asked = { of: "server" };
  const serverTrouble = await askHealth("v2/health/ready", server);
  if (serverTrouble) throw serverTrouble;
  const serverReply = await ask("v2");
  if (!serverReply.ok) throw refusal(endpoint, serverReply, server);
  const about = parseJson(serverReply.bytes, serverMetadata, refuse);

  const model: Asked = { of: "model", model: needs.name };
  const modelPath = `v2/models/${encodeURIComponent(needs.name)}`;
  // Metadata of a model that is still loading need not be right, or there.
  const trouble = await askHealth(`${modelPath}/ready`, model);
  if (trouble && trouble.details.fault !== "not-ready") throw trouble;
  const modelReply = await ask(modelPath);
  if (!modelReply.ok) {
    const fault = refusal(endpoint, modelReply, model);
    // To Triton a model that it does not have is one that is not ready; its metadata tells them apart.
    throw trouble && fault.details.fault !== "wrong-model" ? trouble : fault;
  }
  if (trouble) throw trouble;
  const fitting = fittingModel(parseJson(modelReply.bytes, modelMetadata, refuse), needs);
  if (typeof fitting === "string") throw endpointFault("wrong-model", { address, wrong: fitting });

  return { server: about, model: fitting, binary: about.extensions.includes(binaryExtension) };
}
