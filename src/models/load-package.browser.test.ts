import { expect, test } from "vitest";
import { writePackage } from "../graph/package/write";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { loadPackage } from "./load-package";
import { browserPackageStore } from "./package-store";

const url = "https://example.test/models/tiny/manifest.json";

/** A server of one package, of a name of its own: what earlier runs kept does not count. */
function server() {
  const files = writePackage({ ...tinyGraph(), name: crypto.randomUUID() }, { compiler: "test" });
  const asked: string[] = [];
  const fetch = (async (input: string) => {
    asked.push(input.split("/").at(-1) ?? "");
    return new Response(input === url ? files.manifest : files.binary.slice());
  }) as typeof globalThis.fetch;
  return { fetch, asked };
}

test("two that want the same package at the same time download it once", async () => {
  const { fetch, asked } = server();
  const options = { fetch, store: browserPackageStore() };
  const loaded = await Promise.all([loadPackage(url, options), loadPackage(url, options)]);
  expect(loaded.map(({ fromStore }) => fromStore).sort()).toEqual([false, true]);
  expect(asked.filter((name) => name !== "manifest.json")).toHaveLength(1);
});

test("who is stopped while waiting does not hold up the next", async () => {
  const { fetch, asked } = server();
  const store = browserPackageStore();
  const controller = new AbortController();
  const first = loadPackage(url, { fetch, store });
  const second = loadPackage(url, { fetch, store, signal: controller.signal });
  const third = loadPackage(url, { fetch, store });
  controller.abort();
  await expect(second).rejects.toMatchObject({ code: "aborted" });
  expect((await first).fromStore).toBe(false);
  expect((await third).fromStore).toBe(true);
  expect(asked.filter((name) => name !== "manifest.json")).toHaveLength(1);
});
