import { EventEmitter } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine, on a port that is free. */
export interface LocalServer {
  readonly url: string;
  /** An event for each request, called as its path. */
  readonly requests: EventEmitter;
  close(): Promise<void>;
}

/**
 * Serves `file` at `/file`, and beside it what goes wrong with servers: `/stall` and `/stall-at-once`
 * never end, `/truncated` ends early, `/huge` announces a terabyte, `/endless` does not but sends on,
 * `/page` is a web page, `/busy` answers 503, `/moved` leads to `/file`, anything else is 404.
 */
export async function serveBadly(file: Uint8Array): Promise<LocalServer> {
  const half = file.subarray(0, file.length / 2);
  const answers: Readonly<Record<string, RequestListener>> = {
    "/file": (_, answer) => answer.writeHead(200, { "content-length": file.length }).end(file),
    "/moved": (_, answer) => answer.writeHead(302, { location: "/file" }).end(),
    "/stall": (_, answer) => answer.writeHead(200, { "content-length": file.length }).write(half),
    "/stall-at-once": () => {},
    "/truncated": (_, answer) =>
      answer.writeHead(200, { "content-length": file.length }).write(half, () => answer.destroy()),
    "/huge": (_, answer) => answer.writeHead(200, { "content-length": 1e12 }).write(half),
    "/endless": (_, answer) => {
      const more = () =>
        answer.write(new Uint8Array(65536), (error) => {
          if (!error) setImmediate(more);
        });
      more();
    },
    "/page": (_, answer) =>
      answer.writeHead(200, { "content-type": "text/html" }).end("\n<!DOCTYPE html><p>Sign in</p>"),
    "/busy": (_, answer) => answer.writeHead(503).end("later"),
  };
  const requests = new EventEmitter();
  const server = createServer((request, answer) => {
    const listener = answers[request.url ?? ""];
    requests.emit(request.url ?? "");
    if (listener) listener(request, answer);
    else answer.writeHead(404).end("nothing here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
