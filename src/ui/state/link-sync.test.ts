import { beforeEach, expect, test, vi } from "vitest";
import type { FoldingReport } from "../../hardware/folding-report";
import { mobilenetFoldings } from "../../hardware/presets";
import type { Simulation } from "../../simulator/result";
import { samplePicture } from "../session/picture";
import { fakePicture } from "../testing/fake-picture";
import { comparedEntry } from "./compare-slice";
import { withDifferences } from "./folding-link";
import { type Page, syncLink } from "./link-sync";
import { stopPlayingElsewhere } from "./stop-playing";
import { type AppStore, createAppStore } from "./store";

/** An address bar in memory. */
class FakePage extends EventTarget {
  readonly location = { hash: "" } as Location;
  readonly history = {
    replaceState: (_data: unknown, _unused: string, url: string) => {
      this.location.hash = url;
    },
  } as History;

  /** A link is put into the same tab; as in a browser, other things may happen before the event. */
  go(hash: string, meanwhile = () => {}): void {
    this.location.hash = hash;
    meanwhile();
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

test("the node, channel and pixel that are looked at come and go with the link", async () => {
  start("#v=1&view=layers&node=VVAU_hls_2&channel=17&pixel=input.10.12");
  expect(store.getState()).toMatchObject({
    view: "layers",
    node: "VVAU_hls_2",
    channel: 17,
    pixel: { node: null, row: 10, column: 12 },
  });
  store.getState().setChannel(0);
  store.getState().setPixel({ node: "VVAU_hls_2", row: 3, column: 4 });
  await expect.poll(() => page.location.hash).toContain("&node=VVAU_hls_2&pixel=VVAU_hls_2.3.4");
  expect(page.location.hash).not.toContain("channel");
  store.getState().selectNode(null);
  expect(page.location.hash).toContain("&view=layers&");
  expect(page.location.hash).toContain("&node=input&");
  page.go("#v=1&node=MVAU_hls_1");
  expect(store.getState().node).toBe("MVAU_hls_1");
  page.go("#v=1&node=input");
  expect(store.getState().node).toBeNull();
});

test("a link is taken although the state changes before its event comes", () => {
  start("");
  store.getState().setEngine("ort");
  page.go("#v=1&sample=tiger", () => store.getState().notify("The GPU was set up again."));
  expect(store.getState()).toMatchObject({ engine: "ort", wantedSample: "tiger" });
  expect(page.location.hash).toBe("#v=1&view=classify&sample=tiger&engine=ort");
});

test("board and folding are taken from a link and written to it", () => {
  start("#v=1&view=folding&folding=MVAU_hls_3.PE-8");
  expect(store.getState().wantedFolding).toEqual({ board: "U250", differences: "MVAU_hls_3.PE-8" });
  const config = withDifferences(mobilenetFoldings.ZCU104(), "MVAU_rtl_3.PE-8");
  store.getState().setWantedFolding(null);
  expect(page.location.hash).toBe("#v=1&view=folding&engine=auto");
  store.getState().adoptFolding("a folding", { board: "ZCU104", config, report: {} as FoldingReport });
  expect(page.location.hash).toBe("#v=1&view=folding&engine=auto&board=ZCU104&folding=MVAU_rtl_3.PE-8");
});

test("what a link put into the same tab leaves out is as it is to begin with; engine, theme and picture stay", () => {
  start("#v=1&view=lens&engine=ort&node=A&channel=3&pixel=A.1.2&cycle=9&block=dws-7");
  store.getState().setTheme("dark");
  store.getState().begin(1, panda);
  const config = mobilenetFoldings.ZCU104();
  store.getState().adoptFolding("a folding", { board: "ZCU104", config, report: {} as FoldingReport });
  expect(page.location.hash).toContain("&board=ZCU104");
  page.go("#v=1&view=dataflow");
  expect(store.getState()).toMatchObject({
    view: "dataflow",
    node: null,
    channel: 0,
    pixel: null,
    cycle: 0,
    block: null,
    wantedFolding: { board: "U250", differences: "" },
    engine: "ort",
    theme: "dark",
    wantedSample: null,
    attempt: { id: 1 },
  });
  expect(page.location.hash).toBe("#v=1&view=dataflow&sample=panda&engine=ort");
});

test("the folding on screen is not opened again", () => {
  start("#v=1&view=dataflow");
  const config = withDifferences(mobilenetFoldings.ZCU104(), "MVAU_rtl_3.PE-8");
  store.getState().adoptFolding("a folding", { board: "ZCU104", config, report: {} as FoldingReport });
  page.go("#v=1&view=dataflow&cycle=7&board=ZCU104&folding=MVAU_rtl_3.PE-8");
  expect(store.getState()).toMatchObject({ cycle: 7, wantedFolding: null });
});

test("a late cycle of another board is not cut to the length of the simulation at hand", () => {
  start("#v=1&view=dataflow");
  const design = { board: "U250", config: mobilenetFoldings.U250(), report: {} as FoldingReport } as const;
  store.getState().adoptFolding("FINN’s folding", design);
  store.getState().setStreaming({ design, simulation: { cycles: 1000 } as Simulation });
  page.go("#v=1&view=dataflow&cycle=5000&board=ZCU104");
  expect(store.getState()).toMatchObject({ cycle: 5000, wantedFolding: { board: "ZCU104" } });
  store.getState().setWantedFolding(null);
  page.go("#v=1&view=dataflow&cycle=6000");
  expect(store.getState().cycle).toBe(999);
});

test("while it plays the address follows all but the cycle, in every view", () => {
  const stop = [stopPlayingElsewhere(store), start("#v=1&view=dataflow&cycle=5")];
  store.getState().setPlaying(true);
  expect(page.location.hash).toBe("#v=1&view=dataflow&engine=auto");
  store.getState().setBlock("dws-7");
  expect(page.location.hash).toBe("#v=1&view=dataflow&engine=auto&block=dws-7");
  store.getState().setView("layers");
  expect(page.location.hash).toBe("#v=1&view=layers&engine=auto&node=input&cycle=5&block=dws-7");
  for (const end of stop) end();
});

test("a link restores the cycle; the address takes it when it stands, and not while it plays", () => {
  vi.useFakeTimers();
  const stop = start("#v=1&view=dataflow&cycle=273467");
  expect(store.getState()).toMatchObject({ view: "dataflow", cycle: 273_467 });
  store.getState().setPlaying(true);
  for (let cycle = 273_468; cycle < 273_500; cycle++) store.getState().setCycle(cycle);
  vi.runAllTimers();
  expect(page.location.hash).not.toContain("cycle");
  store.getState().setPlaying(false);
  expect(page.location.hash).toContain("cycle=273499");
  store.getState().setCycle(5);
  store.getState().setCycle(7);
  expect(page.location.hash).toContain("cycle=273499");
  vi.runAllTimers();
  expect(page.location.hash).toContain("cycle=7");
  stop();
  vi.useRealTimers();
});

test("a step of the tour is a link, which leaves to the step what is looked at; without it the tour is over", () => {
  start("#v=1&view=folding&tour=4");
  expect(store.getState()).toMatchObject({ view: "folding", tourStep: 4 });
  store.getState().setPlaying(true);
  store.getState().goToTourStep(5);
  expect(page.location.hash).toBe("#v=1&engine=auto&tour=5");
  page.go("#v=1&view=layers");
  expect(store.getState()).toMatchObject({ view: "layers", tourStep: null, tourLeft: 5 });
});

test("an endpoint out of a link waits for the user's yes, and never loses one that was given", () => {
  start("#v=1&view=compare&endpoint=http://card.example:8000/");
  const { endpoints, setEndpoint } = store.getState();
  expect(endpoints).toMatchObject([{ address: "http://card.example:8000", token: null, allowed: false }]);
  setEndpoint({ address: "http://card.example:8000", token: "secret" }, true);
  expect(page.location.hash).toContain("endpoint=http%3A%2F%2Fcard.example%3A8000");
  expect(page.location.hash).not.toContain("secret");
  page.go("#v=1&view=compare&endpoint=http://card.example:8000");
  expect(store.getState().endpoints).toMatchObject([{ token: "secret", allowed: true }]);
  page.go("#v=1&view=compare&endpoint=http://other.example");
  expect(comparedEntry(store.getState())).toMatchObject({ address: "http://other.example", allowed: false });
  store.getState().setView("classify");
  expect(page.location.hash).not.toContain("endpoint");
});
