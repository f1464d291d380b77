import { createServer } from "node:net";
import { expect, test } from "vitest";
import { thisBrowser } from "./browser";
import { exchange } from "./exchange";
import { serve } from "./testing/http-server";

const question = { path: "v2", maxBytes: 1000 };
const ask = (address: string, token: string | null = null, options = {}) =>
  exchange(thisBrowser(), { address, token }, question, options);
const refused = (fault: string, sentence: RegExp) =>
  expect.objectContaining({
    code: "endpoint",
    message: expect.stringMatching(sentence),
    details: expect.objectContaining({ fault }),
  });

test("a reply of any status comes as it is", async () => {
  const address = await serve((request, response) => response.writeHead(418).end(request.url));
  expect(await ask(`${address}/under/a/path`)).toMatchObject({
    status: 418,
    ok: false,
    bytes: new TextEncoder().encode("/under/a/path/v2"),
  });
});

test("the token goes in its header, and nothing goes without one", async () => {
  const seen: (string | undefined)[] = [];
  const address = await serve(({ headers }, response) => {
    seen.push(headers.authorization, headers.cookie, headers.referer);
    response.end();
  });
  await ask(address);
  await ask(address, "s3cret");
  expect(seen).toEqual([undefined, undefined, undefined, "Bearer s3cret", undefined, undefined]);
});

test("a token that no header can carry is sent nowhere", async () => {
  let asked = 0;
  const address = await serve((_request, response) => {
    asked++;
    response.end();
  });
  await expect(ask(address, "two\nlines")).rejects.toThrow(refused("unauthorized", /Enter it again/));
  expect(asked).toBe(0);
});

test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
  let elsewhere = 0;
  const other = await serve((_request, response) => {
    elsewhere++;
    response.end();
  });
  const address = await serve((_request, response) => response.writeHead(status, { location: other }).end());
  await expect(ask(address, "s3cret")).rejects.toThrow(refused("redirect", /never followed/));
  expect(elsewhere).toBe(0);
});

test("browsers hide a redirect's status", async () => {
  const hidden = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
  const browser = { ...thisBrowser(), fetch: async () => hidden };
  await expect(exchange(browser, { address: "http://a", token: null }, question, {})).rejects.toThrow(
    refused("redirect", /never followed/),
  );
});

test("a server that accepts and never answers is given up", async () => {
  const address = await serve(() => {});
  await expect(ask(address, null, { timeoutMs: 50 })).rejects.toThrow(refused("timed-out", /within 0\.05 s/));
});

test("a server that stops in the middle is given up", async () => {
  const address = await serve((_request, response) => {
    response.write("half");
  });
  await expect(ask(address, null, { timeoutMs: 50 })).rejects.toThrow(refused("timed-out", /no full answer/));
});

test("silence while the browser asks its user is told as that", async () => {
  const browser = {
    ...thisBrowser(),
    page: new URL("https://streamscope.example/"),
    permission: async () => "prompt" as const,
  };
  const address = await serve(() => {});
  await expect(exchange(browser, { address, token: null }, question, { timeoutMs: 50 })).rejects.toThrow(
    refused("local-network", /Apps on device/),
  );
});

test("an endless reply is stopped", async () => {
  let hangUp = () => {};
  const hungUp = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  const address = await serve((_request, response) => {
    const more = () => response.write("x".repeat(500), (error) => error ?? setImmediate(more));
    more();
    response.on("close", hangUp);
  });
  await expect(ask(address)).rejects.toThrow(refused("bad-reply", /longer than 1000 bytes/));
  await hungUp;
});

test("a reply that breaks off is told from a server that is not there", async () => {
  const address = await serve((_request, response) => {
    response.setHeader("content-length", 500);
    response.write("half", () => response.destroy());
  });
  await expect(ask(address)).rejects.toThrow(refused("bad-reply", /broke off/));
});

test("a connection that a live server drops is told from one that never came about", async () => {
  const address = await serve(({ url }, response) => {
    if (url === "/v2") response.destroy();
    else response.end();
  });
  await expect(ask(address, "s3cret")).rejects.toThrow(refused("broke-off", /answers, but this connection/));
});

test("a refusal counts even if its explanation breaks off", async () => {
  const address = await serve((_request, response) => {
    response.writeHead(403, { "content-length": 500 });
    response.write("half", () => response.destroy());
  });
  expect(await ask(address)).toMatchObject({ status: 403 });
});

test("of a long refusal the beginning is read", async () => {
  const address = await serve((_request, response) => response.writeHead(500).end("x".repeat(1_000_000)));
  expect((await ask(address)).bytes.length).toBe(16_384);
});

test("a port where nothing listens is unreachable", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  // What was free a moment ago still is.
  const port = typeof address === "object" ? address?.port : undefined;
  await expect(ask(`http://127.0.0.1:${port}`)).rejects.toThrow(
    refused("unreachable", /Check that the endpoint runs/),
  );
});

test.each(["before the question", "before the answer", "in mid-answer"])(
  "an abort %s ends it",
  async (when) => {
    const stopping = new AbortController();
    if (when === "before the question") stopping.abort();
    const address = await serve((_request, response) => {
      if (when === "in mid-answer") response.write("half", () => setImmediate(() => stopping.abort()));
      else stopping.abort();
    });
    await expect(ask(address, null, { signal: stopping.signal })).rejects.toMatchObject({ code: "aborted" });
  },
);
