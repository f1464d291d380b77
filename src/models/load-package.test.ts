import { expect, test } from "vitest";
import type { ModelPackage } from "../graph/package/read";
import { writePackage } from "../graph/package/write";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { fetchBytes } from "./fetch-bytes";
import { loadPackage } from "./load-package";
import type { PackageStore } from "./package-store";

const url = "https://example.test/models/tiny/manifest.json";
const files = writePackage(tinyGraph(), { compiler: "test", labels: ["a", "b", "c"] });

/** A server with the given answers; what it was asked for is in `asked`. */
function server(answers: Record<string, () => Response | Promise<Response>>) {
  const asked: string[] = [];
  const fetch = (async (input: string, init?: RequestInit) => {
    expect(init?.cache).toBe("no-cache");
    const name = new URL(input).pathname.split("/").at(-1) ?? "";
    asked.push(name);
    init?.signal?.throwIfAborted();
    return (await answers[name]?.()) ?? new Response("none", { status: 404 });
  }) as typeof globalThis.fetch;
  return { fetch, asked };
}

const good = {
  "manifest.json": () => new Response(files.manifest),
  "weights.bin": () => new Response(files.binary.slice()),
};

function memoryStore(): PackageStore & { kept: Map<string, ModelPackage> } {
  const kept = new Map<string, ModelPackage>();
  return {
    kept,
    get: async (checksum) => kept.get(checksum) ?? null,
    put: async (modelPackage) => void kept.set(modelPackage.checksum, modelPackage),
  };
}

test("a package is fetched, checked and kept; the second visit needs only the manifest", async () => {
  const { fetch, asked } = server(good);
  const store = memoryStore();
  const stages: string[] = [];
  const first = await loadPackage(url, { fetch, store, onProgress: (stage) => stages.push(stage) });
  expect(first.modelPackage.graph).toEqual(tinyGraph());
  expect(first.fromStore).toBe(false);
  expect(new Set(stages)).toEqual(new Set(["manifest", "weights", "checks"]));
  const second = await loadPackage(url, { fetch, store });
  expect(second.fromStore).toBe(true);
  expect(second.modelPackage.graph).toEqual(tinyGraph());
  expect(asked).toEqual(["manifest.json", "weights.bin", "manifest.json"]);
});

test("a new model on the server is seen although an old one is kept", async () => {
  const store = memoryStore();
  await loadPackage(url, { fetch: server(good).fetch, store });
  const other = writePackage({ ...tinyGraph(), name: "other" }, { compiler: "test" });
  const { fetch } = server({ ...good, "manifest.json": () => new Response(other.manifest) });
  expect((await loadPackage(url, { fetch, store })).modelPackage.graph.name).toBe("other");
});

const endless = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) }));
const cutOff = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(files.binary.slice(0, 4));
        controller.error(new TypeError("connection reset"));
      },
    }),
  );

test.each([
  [
    "missing manifest",
    { ...good, "manifest.json": () => new Response("", { status: 404 }) },
    "network",
    "has no model's manifest",
  ],
  [
    "a page instead of the manifest",
    { ...good, "manifest.json": () => new Response("<!doctype html>") },
    "bad-package",
    "damaged",
  ],
  ["missing weights", { "manifest.json": good["manifest.json"] }, "network", "has no model's weights"],
  [
    "truncated weights",
    { ...good, "weights.bin": () => new Response(files.binary.slice(0, 8)) },
    "bad-package",
    "cut short",
  ],
  ["endless weights", { ...good, "weights.bin": endless }, "bad-package", "larger than it should be"],
  [
    "a connection that breaks half-way",
    { ...good, "weights.bin": cutOff },
    "network",
    "Check the connection",
  ],
  [
    "no connection",
    { "manifest.json": () => Promise.reject(new TypeError("offline")) },
    "network",
    "Check the connection",
  ],
])("%s is said in a sentence, and nothing is kept", async (_what, answers, code, sentence) => {
  const store = memoryStore();
  const { fetch } = server(answers as typeof good);
  await expect(loadPackage(url, { fetch, store })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(sentence),
  });
  expect(store.kept.size).toBe(0);
});

test("an abort ends the load with `aborted`", async () => {
  const { fetch } = server(good);
  await expect(loadPackage(url, { fetch, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "aborted",
  });
});

test("a server that accepts and then sends nothing is given up", async () => {
  const silent = (async (_url: string, init?: RequestInit) => {
    const body = new ReadableStream({
      start: (controller) =>
        init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
    });
    return new Response(body);
  }) as typeof fetch;
  await expect(
    fetchBytes(url, "model's manifest", { fetch: silent, maxBytes: 10, stallMs: 20 }),
  ).rejects.toMatchObject({ code: "network", message: expect.stringContaining("stopped sending") });
});
