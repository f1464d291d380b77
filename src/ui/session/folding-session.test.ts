import { beforeEach, describe, expect, test } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import { writeFoldingFile } from "../../hardware/folding-file";
import { mobilenetFoldings } from "../../hardware/presets";
import { sourceId } from "../../models/package-source";
import type { HardwareClient } from "../../workers/hardware-client";
import { type FoldedDesign, shownDesign } from "../state/folding-slice";
import { type AppStore, createAppStore } from "../state/store";
import { hardwareInPage } from "../testing/hardware-in-page";
import { createFoldingSession, type FoldingSession } from "./folding-session";

const hardware = hardwareInPage();
const manifestUrl = "https://example.test/manifest.json";
let store: AppStore;
let session: FoldingSession;

const start = (client: HardwareClient) => {
  store = createAppStore();
  session = createFoldingSession({ client, store, manifestUrl });
};
beforeEach(() => start(hardware));

function shown(): FoldedDesign {
  const design = shownDesign(store.getState());
  if (!design) throw new Error("no folding is shown");
  return design;
}
const message = () => store.getState().foldingMessage;
const file = (name: string, text: string) => new File([text], name);
const nodeRow = (name: string) => shown().report.nodes.find((row) => row.name === name);

describe("opening", () => {
  test("one begins with FINN's folding for the U250", async () => {
    await session.open();
    expect(shown()).toMatchObject({ board: "U250", config: mobilenetFoldings.U250() });
    expect(message()).toBeNull();
    expect(store.getState().foldingWork).toBeNull();
    await session.open();
    expect(store.getState().folding?.steps).toHaveLength(1);
  });

  test("what a link asks for", async () => {
    store.getState().setWantedFolding({ board: "ZCU104", differences: "MVAU_rtl_3.PE-8" });
    await session.open();
    expect(shown().board).toBe("ZCU104");
    expect(shown().config.nodes.get("MVAU_rtl_3")).toMatchObject({ PE: 8, SIMD: 8 });
    expect(store.getState().wantedFolding).toBeNull();
  });

  test("a folding that the network cannot have is not taken from a link, with a sentence", async () => {
    store.getState().setWantedFolding({ board: "ZCU104", differences: "MVAU_rtl_3.PE-7" });
    await session.open();
    expect(shown()).toMatchObject({ board: "ZCU104", config: mobilenetFoldings.ZCU104() });
    expect(message()?.tone).toBe("refusal");
    expect(message()?.text).toMatch(
      /^The folding of the link was not taken\. MVAU_rtl_3: PE 7 does not divide/,
    );
  });

  test("a wrong link put into the same tab changes nothing", async () => {
    await session.open();
    const before = shown();
    store.getState().setWantedFolding({ board: "ZCU104", differences: "NoNode_1.PE-7" });
    await session.open();
    expect(shown()).toBe(before);
    expect(message()?.text).toContain("NoNode_1");
  });
});

describe("editing", () => {
  beforeEach(() => session.open());

  test("a PE changes the cycles, in one step that can be undone at once", async () => {
    const before = shown();
    await session.edit({ node: "MVAU_hls_3", axis: "PE", value: 16 });
    expect(nodeRow("MVAU_hls_3")?.cycles).toBe(200_704);
    expect(shown().report.performance.bottleneck).toBe("MVAU_hls_3");
    expect(message()?.text).toMatch(/^PE of MVAU_hls_3 is 16\./);
    store.getState().undoFolding();
    expect(shown()).toBe(before);
  });

  test("coupled nodes change together, in one step, and it is said", async () => {
    await session.edit({ node: "VVAU_hls_4", axis: "PE", value: 16 });
    expect(nodeRow("ConvolutionInputGenerator_rtl_5")?.folding).toMatchObject({ SIMD: 16 });
    expect(message()?.text).toContain("So is SIMD of ConvolutionInputGenerator_rtl_5");
    store.getState().undoFolding();
    expect(nodeRow("VVAU_hls_4")?.folding).toMatchObject({ PE: 32 });
    expect(nodeRow("ConvolutionInputGenerator_rtl_5")?.folding).toMatchObject({ SIMD: 32 });
  });

  test("edits that come fast are all done, each on what the one before left", async () => {
    const edits = [8, 16, 64].map((value) => session.edit({ node: "MVAU_hls_3", axis: "PE", value }));
    edits.push(session.edit({ node: "MVAU_hls_4", axis: "PE", value: 8 }));
    await Promise.all(edits);
    expect(nodeRow("MVAU_hls_3")?.folding).toMatchObject({ PE: 64 });
    expect(nodeRow("MVAU_hls_4")?.folding).toMatchObject({ PE: 8 });
    expect(store.getState().folding?.steps).toHaveLength(5);
  });

  test("an undo that comes while an edit is worked out undoes the edit", async () => {
    const before = shown();
    await Promise.all([session.edit({ node: "MVAU_hls_3", axis: "PE", value: 8 }), session.undo()]);
    expect(shown()).toBe(before);
    await session.redo();
    expect(nodeRow("MVAU_hls_3")?.folding).toMatchObject({ PE: 8 });
  });

  test("what is refused changes nothing", async () => {
    const before = shown();
    await session.edit({ node: "MVAU_hls_3", axis: "PE", value: 7 });
    expect(shown()).toBe(before);
    expect(message()).toMatchObject({ tone: "refusal", text: expect.stringContaining("MVAU_hls_3: PE 7") });
  });

  test("a worker that dies is started again, and the edit is done", async () => {
    let deaths = 1;
    const loads: string[] = [];
    start({
      ...hardware,
      load: async (request) => {
        loads.push(sourceId(request));
        return hardware.load(request);
      },
      edit: async (request) => {
        if (deaths-- > 0) throw new StreamscopeError("worker-lost", "It stopped unexpectedly.");
        return hardware.edit(request);
      },
    });
    await session.open();
    await session.edit({ node: "MVAU_hls_3", axis: "PE", value: 16 });
    expect(nodeRow("MVAU_hls_3")?.folding).toMatchObject({ PE: 16 });
    // For opening, for the edit, and for the edit in the new worker.
    expect(loads).toHaveLength(3);
    expect(store.getState().notices.map(({ text }) => text)).toEqual([
      "The hardware model stopped unexpectedly and was started again. Nothing was lost.",
    ]);
  });
});

describe("files", () => {
  beforeEach(() => session.open());

  test("what is saved opens again as the same", async () => {
    await session.edit({ node: "MVAU_hls_3", axis: "PE", value: 16 });
    const { config, report } = shown();
    await session.takePreset("U250");
    await session.openFile(file("folding_config_U250.json", writeFoldingFile(config)));
    expect(shown().config).toEqual(config);
    expect(shown().report).toEqual(report);
  });

  test("a file for another board brings its board", async () => {
    await session.openFile(file("mine.json", writeFoldingFile(mobilenetFoldings.ZCU102())));
    expect(shown().board).toBe("ZCU102");
    expect(shown().report.nodes).toHaveLength(86);
    expect(message()?.text).toBe("mine.json is open. It is for the ZCU102, so the board is that now.");
  });

  test.each([
    ["photo.json", "\u0089PNG", "photo.json was not opened. The folding file is not JSON."],
    ["list.json", "[1]", "list.json was not opened. The folding file is wrong at"],
    [
      "foreign.json",
      '{"MatrixVectorActivation_0": {"PE": 2}}',
      "MatrixVectorActivation_0: the folding names it",
    ],
    ["illegal.json", '{"MVAU_hls_3": {"PE": 7}}', "MVAU_hls_3: PE 7 does not divide 128"],
    ["huge.json", " ".repeat(5 * 2 ** 20), "It is too large for a folding."],
  ])("%s is refused by name, and nothing is lost", async (name, text, sentence) => {
    const before = shown();
    await session.openFile(file(name, text));
    expect(shown()).toBe(before);
    expect(message()?.tone).toBe("refusal");
    expect(message()?.text).toContain(name);
    expect(message()?.text).toContain(sentence);
  });
});

describe("searches", () => {
  beforeEach(() => session.open());

  test("a target that is reached", async () => {
    await session.foldToTarget(500);
    expect(shown().report.performance.throughputFps).toBeGreaterThanOrEqual(500);
    expect(message()?.text).toMatch(/^Reached: \d+ fps, and no cheaper folding gives 500 fps\.$/);
  });

  test("a target out of reach gives the best, and the node that stops it", async () => {
    await session.foldToTarget(1e6);
    const { bottleneck } = shown().report.performance;
    expect(message()?.text).toMatch(/^1,000,000 fps cannot be reached; the most is 6,643 fps\./);
    expect(message()?.text).toContain(`${bottleneck} stops it at 50,178 cycles a frame.`);
  });

  test("a share of the board", async () => {
    await session.foldToShare(0.25);
    expect(message()?.text).toMatch(
      /fps within 25\.0 % of the U250\. The next faster folding needs [\d,]+ LUTs/,
    );
  });

  test("a share that is too small changes nothing", async () => {
    const before = shown();
    await session.foldToShare(0.01);
    expect(shown()).toBe(before);
    expect(message()?.text).toMatch(/^Nothing fits into 1\.0 % of the U250: even the smallest folding needs/);
  });
});

describe("FIFOs", () => {
  test("their least depths are found and adopted", async () => {
    start({
      ...hardware,
      sizeFifos: async (_request, { onProgress } = {}) => {
        onProgress?.(0.5);
        expect(store.getState().foldingWork).toEqual({ label: "Sizing the FIFOs", share: 0.5 });
        return {
          depths: new Map([
            ["StreamingFIFO_rtl_0", 2],
            ["StreamingFIFO_rtl_1", 1024],
          ]),
          interval: 111_340,
        };
      },
    });
    await session.open();
    await session.sizeFifos();
    const fifos = shown().report.inserted.filter(({ kind }) => kind === "StreamingFIFO");
    expect(fifos[1]).toMatchObject({ folding: { depth: 1024, impl_style: "vivado" } });
    expect(message()?.text).toBe(
      "1 of 2 FIFOs must hold more than 2 beats, the deepest 1,024, for a frame every 111,340 cycles.",
    );
  });

  test("what is stopped changes nothing", async () => {
    start({
      ...hardware,
      sizeFifos: (_request, { signal } = {}) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new StreamscopeError("aborted", "Stopped.")));
          session.stop();
        }),
    });
    await session.open();
    const before = shown();
    await session.sizeFifos();
    expect(shown()).toBe(before);
    expect(message()?.text).toBe("Stopped. Nothing has changed.");
    expect(store.getState().foldingWork).toBeNull();
  });
});

test("A and B change places", async () => {
  await session.open();
  await session.compareWithPreset("ZCU104");
  const a = shown();
  const b = store.getState().otherFolding?.design;
  await session.swap();
  expect(shown()).toBe(b);
  expect(store.getState().otherFolding?.design).toBe(a);
});

test("a model that cannot be loaded is told, and can be tried again", async () => {
  let down = true;
  start({
    ...hardware,
    load: async (request) => {
      if (down) throw new StreamscopeError("network", "The model's manifest could not be loaded.");
      return hardware.load(request);
    },
  });
  await session.open();
  expect(shownDesign(store.getState())).toBeNull();
  expect(message()).toEqual({ tone: "refusal", text: "The model's manifest could not be loaded." });
  down = false;
  await session.open();
  expect(shown().board).toBe("U250");
  expect(message()).toBeNull();
});

describe("another model", () => {
  const own = {
    name: "mine",
    origin: "mine.onnx",
    package: { checksum: "d".repeat(64), manifest: new Blob(), binary: new Blob() },
  };

  test("is asked for by its files, and what was worked out for the one before is not shown", async () => {
    const loads: string[] = [];
    start({
      ...hardware,
      load: async (request) => {
        loads.push(sourceId(request));
        return hardware.load(request);
      },
      edit: async (request) => {
        const answer = await hardware.edit(request);
        // The user takes another model while this one's edit is worked out.
        store.setState({ ownModel: own, folding: null });
        return answer;
      },
    });
    await session.open();
    await session.edit({ node: "MVAU_hls_3", axis: "PE", value: 16 });
    expect(store.getState().folding).toBeNull();
    await session.open();
    expect(loads).toEqual([manifestUrl, manifestUrl, own.package.checksum]);
  });
});
