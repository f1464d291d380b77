import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { fetchModel, maxModelBytes, parseModelUrl } from "./fetch-model";

let close = () => {};
afterEach(() => close());

/** A server of one file; returns its address. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}/model.onnx`;
}

test("the file's bytes come, with their number on the way", async () => {
  const url = await serving((_request, response) => {
    response.setHeader("content-length", 1000);
    response.end(Buffer.alloc(1000, 7));
  });
  const seen: [number, number | null][] = [];
  const bytes = await fetchModel(` ${url} `, { onProgress: (...progress) => seen.push(progress) });
  expect(bytes).toEqual(new Uint8Array(1000).fill(7));
  expect(seen.at(-1)).toEqual([1000, 1000]);
});

test.each([
  ["nonsense", /no address of a file/],
  ["", /no address of a file/],
  ["file:///model.onnx", /begin with https/],
  ["javascript:alert(1)", /begin with https/],
])("%s is no address", async (text, sentence) => {
  await expect(fetchModel(text)).rejects.toMatchObject({
    code: "bad-input",
    message: expect.stringMatching(sentence),
  });
});

test("a secure page asks insecure hosts for nothing, but the machine itself", () => {
  const page = "https://example.test/";
  expect(() => parseModelUrl("http://example.test/a.onnx", page)).toThrow(/secure/);
  expect(parseModelUrl("http://localhost:8000/a.onnx", page).port).toBe("8000");
  expect(parseModelUrl("http://example.test/a.onnx", "http://example.test/").pathname).toBe("/a.onnx");
});

test.each([
  [404, /has no such file \(status 404\)/],
  [403, /does not give this file to everyone \(status 403\)/],
  [500, /did not send the file \(status 500\)/],
])("status %i is said", async (status, sentence) => {
  const url = await serving((_request, response) => response.writeHead(status).end());
  await expect(fetchModel(url)).rejects.toMatchObject({
    code: "network",
    message: expect.stringMatching(sentence),
  });
});

test("a download that breaks off is told from a whole one", async () => {
  const url = await serving((_request, response) => {
    response.setHeader("content-length", 1000);
    response.write(Buffer.alloc(400), () => response.destroy());
  });
  await expect(fetchModel(url)).rejects.toMatchObject({
    code: "network",
    message: expect.stringMatching(/broke off before its end/),
  });
});

test("a server that falls silent is given up", async () => {
  const url = await serving((_request, response) => {
    response.write(Buffer.alloc(4));
  });
  await expect(fetchModel(url, { stallMs: 50 })).rejects.toMatchObject({
    message: expect.stringMatching(/stopped sending/),
  });
});

describe("too large", () => {
  test("by what the server says", async () => {
    const url = await serving((_request, response) => {
      response.setHeader("content-length", maxModelBytes + 1);
      response.write(Buffer.alloc(4));
    });
    await expect(fetchModel(url)).rejects.toMatchObject({ code: "bad-input" });
  });

  test("by what it sends", async () => {
    const chunk = new Uint8Array(50e6);
    const endless = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) }));
    await expect(fetchModel("https://example.test/", { fetch: endless })).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringMatching(/larger than 200 MB/),
    });
  });
});

/** A browser in which requests without CORS fail, and others are answered or not. */
const browser = (answers: boolean) =>
  (async (_url: string, init?: RequestInit) => {
    if (init?.mode === "no-cors" && answers) return new Response(null);
    throw new TypeError("Failed to fetch");
  }) as typeof fetch;

test("a host without CORS is told from one that is not there", async () => {
  const url = "https://example.test/model.onnx";
  await expect(fetchModel(url, { fetch: browser(true) })).rejects.toMatchObject({
    message: expect.stringMatching(/^example\.test does not let other pages read its files/),
  });
  await expect(fetchModel(url, { fetch: browser(false) })).rejects.toMatchObject({
    message: expect.stringMatching(/^example\.test could not be reached/),
  });
});

test("an abort ends it with `aborted`", async () => {
  const stopping = new AbortController();
  const url = await serving(() => stopping.abort());
  await expect(fetchModel(url, { signal: stopping.signal })).rejects.toMatchObject({ code: "aborted" });
});
