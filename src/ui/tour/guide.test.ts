import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Pipeline } from "../dataflow/model/pipeline";
import { simulated } from "../dataflow/testing/simulated";
import { shownDesign } from "../state/folding-slice";
import { type AppStore, createAppStore } from "../state/store";
import { createGuide, type Guide } from "./guide";
import { tourSteps } from "./steps";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 2 });
}, 60_000);

/** Takes every edit: the same report for another design is enough here. */
class FakeFolding {
  undone = 0;
  constructor(readonly store: AppStore) {}

  async edit() {
    const { board, config, report } = pipeline.design;
    this.store.getState().adoptFolding("an edit", { board, config: { ...config }, report });
  }

  async undo() {
    this.undone++;
    this.store.getState().undoFolding();
  }
}

let store: AppStore;
let folding: FakeFolding;
let guide: Guide;
beforeEach(() => {
  store = createAppStore();
  folding = new FakeFolding(store);
  guide = createGuide({ store, folding, plays: true });
});

const stepOf = (title: RegExp) => tourSteps.findIndex((step) => title.test(step.title)) + 1;
const goTo = (title: RegExp) => store.getState().goToTourStep(stepOf(title));

function begin(title: RegExp): () => void {
  goTo(title);
  const stop = guide.start();
  return () => {
    store.getState().leaveTour();
    stop();
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const open = () => store.getState().adoptFolding("a folding", pipeline.design);
function simulate() {
  store.getState().setStreaming({ design: pipeline.design, simulation: pipeline.simulation });
  store.getState().setSimulating(null);
}

test("a step shows its view at once, and the rest when the simulation is there", () => {
  begin(/own hardware/);
  expect(store.getState()).toMatchObject({ view: "dataflow", playing: false, cycle: 0 });
  open();
  simulate();
  expect(store.getState().playing).toBe(true);
  expect(store.getState().cycle).toBeGreaterThan(0);
});

test("with reduced motion nothing plays by itself", () => {
  guide = createGuide({ store, folding, plays: false });
  open();
  simulate();
  begin(/own hardware/);
  expect(store.getState().playing).toBe(false);
  expect(store.getState().cycle).toBeGreaterThan(0);
});

test("what the user looked at before comes back", () => {
  open();
  simulate();
  const { selectNode, setCycle, setSpeed, setView, setBlock } = store.getState();
  setView("layers");
  selectNode("MVAU_hls_7");
  setBlock("dws-9");
  setCycle(777);
  setSpeed(50);
  const end = begin(/own hardware/);
  for (const number of tourSteps.keys()) store.getState().goToTourStep(number + 1);
  end();
  expect(store.getState()).toMatchObject({
    view: "layers",
    node: "MVAU_hls_7",
    block: "dws-9",
    cycle: 777,
    speed: 50,
    playing: false,
  });
});

test("what the user changed stays as they left it", () => {
  open();
  simulate();
  const end = begin(/depthwise/);
  store.getState().setView("layers");
  store.getState().setCycle(4321);
  end();
  expect(store.getState()).toMatchObject({ view: "layers", cycle: 4321, node: null, block: null });
});

test("a node that a view chose while the step was still coming is not the user's", () => {
  store.getState().selectNode("MVAU_hls_7");
  const end = begin(/depthwise/i);
  store.getState().selectNode("VVAU_hls_0");
  end();
  expect(store.getState().node).toBe("MVAU_hls_7");
});

test("a link that comes while the step is still coming stays as it says", () => {
  const end = begin(/depthwise/i);
  store.getState().setView("dataflow");
  store.getState().selectNode("MVAU_hls_7");
  end();
  expect(store.getState()).toMatchObject({ view: "dataflow", node: "MVAU_hls_7" });
});

test("a link that says what the tour shows is no way back to what was before it", () => {
  open();
  simulate();
  store.getState().setView("classify");
  store.getState().setCycle(777);
  store.getState().setSpeed(50);
  goTo(/own hardware/);
  const stop = guide.start();
  goTo(/bottleneck/);
  const { view, node, cycle, setPlaying, setView, selectNode, setCycle, leaveTourForLink } = store.getState();
  setPlaying(false);
  setView(view);
  selectNode(node);
  setCycle(cycle);
  leaveTourForLink();
  stop();
  expect(cycle).not.toBe(777);
  expect(store.getState()).toMatchObject({ view: "dataflow", node, cycle, speed: 50 });
});

test("a cycle that moved because it plays is not the user's", () => {
  open();
  simulate();
  const end = begin(/own hardware/);
  store.getState().setCycle(store.getState().cycle + 10);
  end();
  expect(store.getState()).toMatchObject({ cycle: 0, playing: false });
});

test("a trial is noticed once it is done, and only in its step", () => {
  open();
  simulate();
  begin(/FIFOs/);
  expect(store.getState().tourTried).toBe(false);
  store.getState().setCycle(store.getState().cycle + 1);
  expect(store.getState().tourTried).toBe(true);
  goTo(/bottleneck/);
  expect(store.getState().tourTried).toBe(false);
  store.getState().selectNode("MVAU_hls_9");
  expect(store.getState().tourTried).toBe(true);
});

test("the tour's own edit is taken back when the step is left", async () => {
  open();
  begin(/Folding/);
  guide.edit({ node: "MVAU_hls_1", axis: "SIMD", value: 1 });
  await settle();
  expect(store.getState().tourTried).toBe(true);
  expect(shownDesign(store.getState())).not.toBe(pipeline.design);
  goTo(/Thresholds/);
  await settle();
  expect(shownDesign(store.getState())).toBe(pipeline.design);
});

test("an edit that the user went on from stays", async () => {
  open();
  const end = begin(/Folding/);
  guide.edit({ node: "MVAU_hls_1", axis: "SIMD", value: 1 });
  await settle();
  await folding.edit();
  const own = shownDesign(store.getState());
  end();
  await settle();
  expect(folding.undone).toBe(0);
  expect(shownDesign(store.getState())).toBe(own);
});

test("a step is entered once more when another design was simulated", () => {
  open();
  simulate();
  begin(/bottleneck/);
  const { cycle } = store.getState();
  const design = { ...pipeline.design };
  store.getState().adoptFolding("another", design);
  store.getState().setCycle(5);
  store.getState().setStreaming({ design, simulation: pipeline.simulation });
  expect(store.getState().cycle).toBe(cycle);
  expect(store.getState().tourTried).toBe(false);
});
