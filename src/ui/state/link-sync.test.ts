import { beforeEach, expect, test } from "vitest";
import { samplePicture } from "../session/picture";
import { fakePicture } from "../testing/fake-picture";
import { type Page, syncLink } from "./link-sync";
import { type AppStore, createAppStore } from "./store";

/** An address bar in memory. */
class FakePage extends EventTarget {
  readonly location = { hash: "" } as Location;
  readonly history = {
    replaceState: (_data: unknown, _unused: string, url: string) => {
      this.location.hash = url;
    },
  } as History;

  /** A link is put into the same tab. */
  go(hash: string): void {
    this.location.hash = hash;
    this.dispatchEvent(new Event("hashchange"));
  }
}

const panda = samplePicture({
  file: "panda.jpg",
  thumb: "thumbs/panda.jpg",
  title: "Giant panda",
  alt: "A panda",
  credit: "someone",
  licence: "CC0-1.0",
  licenceUrl: "https://example.org/licence",
  origin: "https://example.org/panda",
  source: "a package",
  url: "https://example.org/app/samples/panda.jpg",
  thumbUrl: "https://example.org/app/samples/thumbs/panda.jpg",
});

let store: AppStore;
let page: FakePage;
const start = (hash: string) => {
  page.location.hash = hash;
  return syncLink(store, page as unknown as Page);
};
beforeEach(() => {
  store = createAppStore();
  page = new FakePage();
});

test("a link restores the state", () => {
  start("#v=1&engine=ort&sample=panda");
  expect(store.getState()).toMatchObject({
    engine: "ort",
    wantedSample: "panda",
    view: "classify",
    notices: [],
  });
});

test("nonsense opens the app as ever, with a note", () => {
  start("#v=1&engine=abacus");
  expect(store.getState()).toMatchObject({ engine: "auto", wantedSample: null });
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    'The link asks for engine "abacus", which is not there.',
  ]);
});

test("the address follows the state, and never names the user's own photo", () => {
  start("");
  store.getState().begin(1, panda);
  expect(page.location.hash).toBe("#v=1&view=classify&sample=panda&engine=auto");
  store.getState().setEngine("reference");
  store.getState().begin(2, fakePicture("private.jpg"));
  expect(page.location.hash).toBe("#v=1&view=classify&engine=reference");
});

test("a link put into the same tab is taken", () => {
  const stop = start("");
  page.go("#v=1&engine=webgpu&sample=tiger");
  expect(store.getState()).toMatchObject({ engine: "webgpu", wantedSample: "tiger" });
  expect(page.location.hash).toBe("#v=1&view=classify&sample=tiger&engine=webgpu");
  stop();
  page.go("#v=1&engine=ort");
  expect(store.getState().engine).toBe("webgpu");
});
