import { createServer, type ServerResponse } from "node:http";

export interface ModelServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** A host other than the app's, that answers every request as told. */
export async function modelServer(
  answer: (response: ServerResponse, path: string) => void,
): Promise<ModelServer> {
  const server = createServer((request, response) => answer(response, request.url ?? ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
