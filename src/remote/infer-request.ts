import type { EndpointInfo } from "./endpoint";
import { jsonWithBytes } from "./json-bytes";
import { concatenate } from "./read-body";

/** The header that says how many of a body's first bytes are JSON; the tensors' bytes follow. */
export const jsonLengthHeader = "Inference-Header-Content-Length";

/** An inference request as it goes over the wire. */
export interface EncodedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The request for these images: with their bytes as they are if the server takes them, else as JSON. */
export function encodeRequest(info: EndpointInfo, id: string, images: readonly Uint8Array[]): EncodedRequest {
  const { input, output } = info.model;
  const pixels = concatenate(images);
  const about = {
    name: input.name,
    datatype: input.datatype,
    shape: [images.length, ...input.shape.slice(1)],
  };
  if (!info.binary) {
    return {
      headers: { "Content-Type": "application/json" },
      body: jsonWithBytes(
        `${open({ id, outputs: [{ name: output.name }] })},"inputs":[${open(about)},"data":[`,
        pixels,
        "]}]}",
      ),
    };
  }
  const json = toBytes({
    id,
    // For servers that look only here; Triton looks at the output where one is named.
    parameters: { binary_data_output: true },
    inputs: [{ ...about, parameters: { binary_data_size: pixels.length } }],
    outputs: [{ name: output.name, parameters: { binary_data: true } }],
  });
  return {
    headers: { "Content-Type": "application/octet-stream", [jsonLengthHeader]: String(json.length) },
    body: concatenate([json, pixels]),
  };
}

/** An object in JSON to which more is added: without its last brace. */
const open = (some: object) => JSON.stringify(some).slice(0, -1);

const toBytes = (json: object) => new TextEncoder().encode(JSON.stringify(json));
