import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { serve } from "./http-server";
import { smallInfo, smallModel, topOf } from "./small-model";

/** What a test changes of a server that otherwise does all right. */
export interface Changes {
  readonly binary?: boolean;
  /** Answer in JSON although bytes were asked for, or the other way round. */
  readonly replyBinary?: boolean;
  /** Added to the server's or the model's metadata, or put in its place. */
  readonly server?: object;
  readonly model?: object;
  /** Changes the JSON of an inference reply before it is sent. */
  readonly reply?: (reply: Record<string, unknown>) => void;
  /** In place of the answer of one path. */
  readonly instead?: Readonly<Record<string, RequestListener>>;
}

/** What came in. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** A server of the small model, written from the protocol's text and not from the client's code. */
export async function serveV2(changes: Changes = {}): Promise<{ address: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const { server, model } = smallInfo(changes.binary ?? false);
  const { input, output, ...about } = model;
  const name = smallModel.name;
  const routes: Record<string, RequestListener> = {
    "/v2/health/ready": (_request, response) => response.end(),
    "/v2/health/live": (_request, response) => response.end(),
    "/v2": (_request, response) => json(response, { ...server, ...changes.server }),
    [`/v2/models/${name}`]: (_request, response) =>
      json(response, { ...about, inputs: [input], outputs: [output], ...changes.model }),
    [`/v2/models/${name}/ready`]: (_request, response) => response.end(),
    [`/v2/models/${name}/infer`]: (request, response) => infer(request, response, changes),
    ...changes.instead,
  };
  const address = await serve((request, response) => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers });
    const route = routes[url];
    if (route) route(request, response);
    else json(response.writeHead(404), { error: "unknown path" });
  });
  return { address, seen };
}

export function json(response: ServerResponse, body: object): void {
  response.end(JSON.stringify(body));
}

async function infer(request: IncomingMessage, response: ServerResponse, changes: Changes): Promise<void> {
  const body = await buffer(request);
  const length = Number(request.headers["inference-header-content-length"] ?? body.length);
  const asked = JSON.parse(body.subarray(0, length).toString());
  const [input] = asked.inputs;
  const [batch, ...image] = input.shape as number[];
  const pixels: Uint8Array = input.data
    ? Uint8Array.from(input.data)
    : body.subarray(length, length + input.parameters.binary_data_size);
  const size = image.reduce((product, side) => product * side, 1);
  if (pixels.length !== batch! * size) throw new Error("the request's lengths do not agree");
  const top = Array.from({ length: batch! }, (_, i) => topOf(pixels[i * size]!)).flat();
  const inBytes = changes.replyBinary ?? asked.outputs[0].parameters?.binary_data === true;
  const bytes = Buffer.from(Int32Array.from(top).buffer);
  const tensor = { name: asked.outputs[0].name, datatype: "INT32", shape: [batch, 5] };
  const reply: Record<string, unknown> = {
    id: asked.id,
    model_name: smallModel.name,
    parameters: { queue_ms: 1.5, device_ms: 0.75, backend: "test" },
    outputs: [
      inBytes ? { ...tensor, parameters: { binary_data_size: bytes.length } } : { ...tensor, data: top },
    ],
  };
  changes.reply?.(reply);
  const head = Buffer.from(JSON.stringify(reply));
  if (!inBytes) {
    response.setHeader("Content-Type", "application/json");
    response.end(head);
    return;
  }
  response.setHeader("Content-Type", "application/octet-stream");
  response.setHeader("Inference-Header-Content-Length", head.length);
  response.end(Buffer.concat([head, bytes]));
}
