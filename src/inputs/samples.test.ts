import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchSample, loadSamples } from "./samples";
import { sniffPicture } from "./sniff";

const base = "https://example.org/app/index.html";

/** Serves `public/` (or what is given instead of the list) at the base. */
function serve(list?: BodyInit, status = 200): void {
  vi.stubGlobal("fetch", async (url: URL | string, init: RequestInit) => {
    init.signal?.throwIfAborted();
    const { pathname } = new URL(url);
    if (!pathname.startsWith("/app/samples/")) return new Response("", { status: 404 });
    if (pathname.endsWith(".json") && list !== undefined) return new Response(list, { status });
    return new Response(readFileSync(`public/${pathname.slice("/app/".length)}`));
  });
}
afterEach(() => vi.unstubAllGlobals());

const entry = {
  file: "cat.jpg",
  thumb: "thumbs/cat.jpg",
  title: "Cat",
  alt: "A cat.",
  credit: "Somebody",
  licence: "CC0-1.0",
  licenceUrl: "https://creativecommons.org/publicdomain/zero/1.0/",
  origin: "https://example.org/cat",
  source: "a package",
};

describe("loadSamples", () => {
  it("finds the photos that come with the app, and each is a picture", async () => {
    serve();
    const samples = await loadSamples({ base });
    expect(samples.length).toBeGreaterThanOrEqual(6);
    for (const sample of samples) {
      expect(sample.url).toBe(`https://example.org/app/samples/${sample.file}`);
      const info = sniffPicture(new Uint8Array(await (await fetchSample(sample)).arrayBuffer()));
      expect(Math.min(info.width, info.height)).toBeGreaterThanOrEqual(256);
      const thumb = await fetchSample({ ...sample, url: sample.thumbUrl });
      expect(thumb.size).toBeLessThan(10_000);
    }
  });

  it.each([
    ["no JSON", "<!doctype html>", /^The list of sample photos is damaged: /],
    ["another list", JSON.stringify([{ ...entry, title: 7 }]), /damaged at 0\.title: /],
    [
      "a path",
      JSON.stringify([{ ...entry, file: "../cat.jpg" }]),
      /at 0\.file: a plain file name was expected/,
    ],
    ["a path for a thumbnail", JSON.stringify([{ ...entry, thumb: "cat.jpg" }]), /at 0\.thumb/],
    ["a script for a link", JSON.stringify([{ ...entry, origin: "javascript:alert(1)" }]), /at 0\.origin/],
  ])("refuses %s", async (_, list, sentence) => {
    serve(list);
    await expect(loadSamples({ base })).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringMatching(sentence),
    });
  });

  it("says that the server has no list", async () => {
    serve("", 404);
    await expect(loadSamples({ base })).rejects.toThrow(
      "The list of sample photos could not be loaded: status 404.",
    );
  });

  it("says that there is no connection", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(loadSamples({ base })).rejects.toMatchObject({
      code: "network",
      message: "The list of sample photos could not be loaded. Is there a connection?",
    });
    await expect(fetchSample({ ...entry, url: `${base}/cat.jpg`, thumbUrl: "" })).rejects.toThrow(
      'The photo "Cat" could not',
    );
  });

  it("stops when asked to", async () => {
    serve();
    await expect(loadSamples({ base, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });
});
