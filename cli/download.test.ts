import { afterAll, beforeAll, expect, test } from "vitest";
import { download } from "./download";
import { type LocalServer, serveBadly } from "./testing/misbehaving-server";

const file = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) & 255);
const patient = { maxBytes: 1e6, stallMs: 30_000 };
const hurried = { maxBytes: 1e6, stallMs: 100 };

let server: LocalServer;
beforeAll(async () => {
  server = await serveBadly(file);
});
afterAll(() => server.close());

test.each(["/file", "/moved"])("downloads %s and tells how far it is", async (path) => {
  const progress: (readonly [number, number | null])[] = [];
  const onProgress = (received: number, total: number | null) => progress.push([received, total]);
  const bytes = await download(new URL(path, server.url), { ...patient, onProgress });
  expect(Buffer.compare(bytes, file)).toBe(0);
  expect(progress.at(-1)).toEqual([file.length, file.length]);
});

test.each([
  { path: "/nowhere", options: patient, code: "network", says: "no such file (status 404)" },
  { path: "/busy", options: patient, code: "network", says: "status 503. Try again later" },
  { path: "/stall", options: hurried, code: "network", says: "sent nothing for 0.1 s" },
  { path: "/stall-at-once", options: hurried, code: "network", says: "sent nothing for 0.1 s" },
  { path: "/truncated", options: patient, code: "network", says: "broke off after 50000 of 100000 bytes" },
  { path: "/huge", options: patient, code: "bad-input", says: "larger than 1 MB" },
  { path: "/endless", options: patient, code: "bad-input", says: "larger than 1 MB" },
])("says in a sentence what is wrong with $path", async ({ path, options, code, says }) => {
  await expect(download(new URL(path, server.url), options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(says),
  });
});

test("a server that is not there", async () => {
  const gone = await serveBadly(file);
  await gone.close();
  await expect(download(new URL(gone.url), patient)).rejects.toThrow(
    /^127\.0\.0\.1:\d+ could not be reached \(ECONNREFUSED\)\. Check the connection, or download/,
  );
});

test("stops when asked to", async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  await expect(
    download(new URL("/stall", server.url), { ...patient, onProgress, signal: controller.signal }),
  ).rejects.toMatchObject({ code: "aborted" });
});

test("from an encrypted address it does not go to one that is not", async () => {
  const redirected: typeof fetch = async () =>
    Object.defineProperty(new Response("bytes"), "url", { value: "http://elsewhere.example/file" });
  await expect(
    download(new URL("https://example.org/file"), { ...patient, fetch: redirected }),
  ).rejects.toThrow("without encryption: http://elsewhere.example/file");
});
