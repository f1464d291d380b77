import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request as it came in. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** SHA-256 of the images' bytes; null for a request without. */
  readonly inputSha256: string | null;
}

/** What the server is told to do; a test may change it at any time. */
export interface Script {
  /** Class indices it answers with, best first. */
  answer: readonly number[];
  /** Bearer token that it wants; null for none. */
  token: string | null;
  /** Takes inference requests and never answers them. */
  isSilent: boolean;
}

/** A server of the Open Inference Protocol v2 on another origin, that does as a test tells it. */
export class V2Server {
  readonly seen: Seen[] = [];
  readonly script: Script = { answer: [0, 1, 2, 3, 4], token: null, isSilent: false };
  #server: ReturnType<typeof createServer> | null = null;
  #port = 0;

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, or starts again where it was. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#handle(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (!address || typeof address === "string") throw new Error("the server has no port");
    this.#port = address.port;
    this.#server = server;
    return this;
  }

  /** Dies: open connections break, new ones are refused. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = await buffer(request);
    const jsonLength = Number(headers["inference-header-content-length"] ?? body.length);
    const images = body.subarray(jsonLength);
    const inputSha256 = images.length > 0 ? createHash("sha256").update(images).digest("hex") : null;
    this.seen.push({ method, url, headers, inputSha256 });
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Expose-Headers", "Inference-Header-Content-Length");
    if (method === "OPTIONS") {
      response.setHeader(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Inference-Header-Content-Length",
      );
      response.writeHead(204).end();
      return;
    }
    const { token } = this.script;
    if (token !== null && headers.authorization !== `Bearer ${token}`) {
      reply(response, 401, { error: "a token is needed" });
      return;
    }
    if (url.endsWith("/ready")) response.end();
    else if (url.endsWith("/infer")) this.#infer(body.subarray(0, jsonLength), response);
    else if (url === "/v2") reply(response, 200, server);
    else if (url === `/v2/models/${model.name}`) reply(response, 200, model);
    else reply(response, 404, { error: "there is no such path" });
  }

  #infer(json: Buffer, response: ServerResponse): void {
    const { answer, isSilent } = this.script;
    if (isSilent) return;
    const { id } = JSON.parse(json.toString()) as { id: string };
    reply(response, 200, {
      id,
      model_name: model.name,
      parameters: { queue_ms: 0.25, device_ms: 1.5, batch_size: 1 },
      outputs: [{ name: "global_out", datatype: "INT32", shape: [1, 5], data: answer }],
    });
  }
}

const server = { name: "scripted-server", version: "9.9", extensions: ["binary_tensor_data"] };

const model = {
  name: "mobilenetv1-w4a4",
  versions: ["1"],
  platform: "scripted (emulator, no hardware)",
  inputs: [{ name: "global_in", datatype: "UINT8", shape: [-1, 224, 224, 3] }],
  outputs: [{ name: "global_out", datatype: "INT32", shape: [-1, 5] }],
};

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
