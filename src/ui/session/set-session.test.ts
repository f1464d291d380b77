import { beforeEach, describe, expect, test } from "vitest";
import { StreamscopeError } from "../../graph/errors";
import type { FolderHandle } from "../../inputs/image-set/folder-handle";
import { fakeFolder } from "../../inputs/image-set/testing/fake-folder";
import type { EndpointInfo, RemoteClient } from "../../remote/endpoint";
import type { PictureData } from "../../workers/emulator-api";
import type { FileRecord } from "../sets/run/record";
import type { RunHeader } from "../sets/run/run-header";
import type { RunStore } from "../sets/run/run-store";
import { type AppState, type AppStore, createAppStore } from "../state/store";
import { fakeClassification, fakeModel, settled } from "../testing/fake-emulator";
import type { Picture } from "./picture";
import { createSetSession, type SetSession } from "./set-session";

/** Ten classes; a picture's content is the class that the emulator sees. */
const model = fakeModel({
  labels: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  nodes: [
    {
      name: "LabelSelect_hls_0",
      kind: "LabelSelect",
      inputShape: [1, 10],
      inputType: "UINT8",
      outputShape: [1, 5],
      outputType: "UINT16",
      macs: 0,
      weights: 0,
      pad: null,
      window: null,
    },
  ],
});
const seen = (index: number) => [index, ...[0, 1, 2, 3, 4, 5].filter((other) => other !== index).slice(0, 4)];

/** A store in memory, as it is before and after a reload. */
class MemoryStore implements RunStore {
  header: RunHeader | null = null;
  readonly records = new Map<string, FileRecord>();
  isFull = false;

  async get() {
    return this.header && { header: this.header, records: [...this.records.values()] };
  }
  async begin(header: RunHeader) {
    this.header = header;
    this.records.clear();
    return !this.isFull;
  }
  async update(header: RunHeader) {
    this.header = header;
    return !this.isFull;
  }
  async put(_: string, records: readonly FileRecord[]) {
    if (!this.isFull) for (const record of records) this.records.set(record.path, record);
    return !this.isFull;
  }
  async drop() {
    this.header = null;
  }
}

const info: EndpointInfo = {
  server: { name: "server", version: "1", extensions: [] },
  model: {
    name: "tiny",
    versions: ["1"],
    platform: "pynq",
    input: { name: "in", datatype: "UINT8", shape: [-1, 4, 4, 3] },
    output: { name: "out", datatype: "INT64", shape: [-1, 5] },
    classes: 10,
  },
  binary: true,
};

let store: AppStore;
let kept: MemoryStore;
let sets: SetSession;
let contents: Record<string, string>;
let folder: FolderHandle;
let runs: number;
/** What the emulator waits for, before each run. */
let gate: () => Promise<void>;
let shown: Picture[];
let infoOf: (address: string) => EndpointInfo;
let remoteAnswer: (index: number) => number[];
/** How many images each request to an endpoint had. */
let batches: number[];

const run = () => store.getState().setRun;

/** Resolves when the state is so. */
function until(condition: (state: AppState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.subscribe((state) => {
      if (condition(state)) {
        stop();
        resolve();
      }
    });
    store.setState({});
  });
}
const inPhase = (phase: string) => until(({ setRun }) => setRun?.phase === phase);

function openPage(): void {
  store = createAppStore();
  store.getState().setModel({ phase: "ready", model });
  const read = async (picture: PictureData) => Number(await (picture as Blob).text());
  const remote: RemoteClient = {
    check: async ({ address }) => infoOf(address),
    infer: async (_endpoint, { model: { input } }, inputs) => {
      batches.push(inputs.length);
      const [most] = input.shape;
      if (most !== -1 && inputs.length > most!) throw new StreamscopeError("bad-input", "Send fewer.");
      return {
        top: inputs.map(([index = 0]) => remoteAnswer(index)),
        timeMs: { total: 1, queue: null, device: null },
        parameters: {},
      };
    },
  };
  sets = createSetSession({
    store,
    runs: kept,
    remote,
    session: {
      prepare: async (picture) => {
        const index = await read(picture);
        if (Number.isNaN(index)) throw new StreamscopeError("bad-image", "This file holds text.");
        return fakeClassification({ input: Uint8Array.of(index) });
      },
      run: async ([index = 0], signal) => {
        await gate();
        if (signal.aborted) throw new StreamscopeError("aborted", "Stopped.");
        runs++;
        return fakeClassification({
          top: seen(index).map((each) => ({ index: each, logit: 1, label: null })),
        });
      },
      show: async (picture) => void shown.push(picture),
    },
    clock: {
      now: () => 0,
      wait: settled as () => Promise<void>,
      later: (callback) => void settled().then(callback),
    },
    pickFolder: () => async () => folder,
  });
}

beforeEach(() => {
  kept = new MemoryStore();
  runs = 0;
  batches = [];
  gate = async () => {};
  shown = [];
  infoOf = () => info;
  remoteAnswer = seen;
  contents = {
    "7/a.jpg": "7",
    "seven/b.jpg": "7",
    "3/c.jpg": "4",
    "cats/d.jpg": "1",
    "3/broken.jpg": "text",
    "read.me": "",
  };
  folder = fakeFolder("photos", contents);
  openPage();
});

describe("sets", () => {
  test("a folder's pictures run through the emulator: accuracy of those with labels, the broken one named", async () => {
    await sets.chooseFolder();
    const chosen = store.getState().chosenSet;
    expect(chosen?.labelSource).toEqual({ kind: "folders" });
    expect(chosen?.labelling.labels.size).toBe(4);
    await sets.start();
    expect(run()).toMatchObject({
      phase: "done",
      isKept: true,
      tally: {
        files: { done: 4, broken: 1, missing: 0, failed: 0 },
        labelledUnanswered: 1,
        emulator: { answered: 4, labelled: 3, top1: 2, top5: 3 },
        agreement: { both: 0 },
      },
    });
    expect(run()?.records.get("3/broken.jpg")).toMatchObject({
      status: "broken",
      message: "This file holds text.",
    });
  });

  test("labels may change afterwards: nothing is computed again", async () => {
    contents["val.txt"] = "a.jpg 7\nb.jpg 1\ngone.jpg 2";
    await sets.chooseFolder();
    await sets.start();
    const before = runs;
    await sets.chooseLabels({ kind: "list", name: "val.txt" });
    expect(run()?.tally.emulator).toEqual({ answered: 4, labelled: 2, top1: 1, top5: 2 });
    await sets.chooseList(new File(["c.jpg 4"], "mine.txt"));
    expect(run()?.tally.emulator).toEqual({ answered: 4, labelled: 1, top1: 1, top5: 1 });
    await sets.chooseLabels({ kind: "none" });
    expect(run()?.tally.emulator.labelled).toBe(0);
    expect(runs).toBe(before);
  });

  test("what was guessed before the model was there is guessed again; what the user chose stays chosen", async () => {
    contents["val.txt"] = "a.jpg 7";
    store.setState({ lastModel: null });
    await sets.chooseFolder();
    expect(store.getState().chosenSet?.labelSource).toEqual({ kind: "none" });
    store.getState().setModel({ phase: "ready", model });
    await until(({ chosenSet }) => chosenSet?.labelSource.kind === "folders");

    store.setState({ lastModel: null });
    await sets.chooseLabels({ kind: "list", name: "val.txt" });
    store.getState().setModel({ phase: "ready", model });
    await until(({ chosenSet }) => chosenSet?.labelling.labels.get("7/a.jpg") === 7);
    expect(store.getState().chosenSet?.labelSource).toEqual({ kind: "list", name: "val.txt" });
  });

  test("pause, reload, resume: the folder is asked for, and what was done is not done again", async () => {
    let left = 2;
    gate = () => (left-- > 0 ? Promise.resolve() : new Promise(() => {}));
    await sets.chooseFolder();
    void sets.start();
    await until(({ setRun }) => setRun?.records.size === 3);
    sets.pause();
    expect(run()?.phase).toBe("paused");
    await settled();

    openPage();
    gate = async () => {};
    await sets.restore();
    expect(run()).toMatchObject({ phase: "paused", hasFolder: false });
    expect(run()?.records.size).toBe(3);
    // A file that changed meanwhile is another one.
    const done = [...run()!.records.values()].find(({ status }) => status === "done")!.path;
    contents[done] = "12";
    runs = 0;
    await sets.resume();
    expect(run()).toMatchObject({ phase: "done", hasFolder: true, tally: { files: { done: 4, broken: 1 } } });
    expect(runs).toBe(3);
  });

  test("without a handle the user chooses the folder again; another one is another set", async () => {
    gate = () => new Promise(() => {});
    await sets.chooseFolder();
    void sets.start();
    await until(({ setRun }) => setRun?.records.size === 1);
    kept.header = { ...kept.header!, folder: null };

    openPage();
    gate = async () => {};
    await sets.restore();
    await sets.resume();
    expect(store.getState().setFailure?.message).toContain("Choose the folder “photos” again");
    const chosen = folder;
    folder = fakeFolder("others", { "1/x.jpg": "1" });
    await sets.chooseFolder();
    expect(run()).toMatchObject({ hasFolder: false, header: { set: { name: "photos" } } });
    folder = chosen;
    await sets.chooseFolder();
    expect(run()?.hasFolder).toBe(true);
    await sets.resume();
    expect(run()?.tally.files).toEqual({ done: 4, broken: 1, missing: 0, failed: 0 });
  });

  test("both sides get each picture, endpoints share, and agreement is counted", async () => {
    store.getState().setEndpoint({ address: "http://a", token: null }, true);
    store.getState().setEndpoint({ address: "http://b", token: null }, true);
    store.getState().setEndpoint({ address: "http://not-allowed", token: null }, false);
    remoteAnswer = (index) => (index === 4 ? seen(5) : seen(index));
    await sets.chooseFolder();
    await sets.start();
    expect(run()).toMatchObject({
      phase: "done",
      tally: {
        emulator: { answered: 4, labelled: 3, top1: 2 },
        endpoint: { answered: 4, labelled: 3, top1: 2 },
        agreement: { both: 4, sameFirst: 3, sameSet: 3, sameOrder: 3 },
      },
    });
    expect(run()?.header.endpoints).toEqual([
      { address: "http://a", info },
      { address: "http://b", info },
    ]);
  });

  test("a model that takes one image at once gets one, whatever the setting", async () => {
    store.getState().setEndpoint({ address: "http://a", token: null }, true);
    const input = { ...info.model.input, shape: [1, 4, 4, 3] };
    infoOf = () => ({ ...info, model: { ...info.model, input } });
    await sets.chooseFolder();
    await sets.start();
    expect(run()).toMatchObject({ phase: "done", tally: { files: { done: 4 }, endpoint: { answered: 4 } } });
    expect(batches).toEqual([1, 1, 1, 1]);
  });

  test("an endpoint that a link named takes part when the user says so, not before", async () => {
    const { setEndpoint, allowEndpoint } = store.getState();
    setEndpoint({ address: "http://linked", token: null }, false);
    const [{ id } = { id: -1 }] = store.getState().endpoints;
    allowEndpoint(id);
    await sets.chooseFolder();
    await sets.start();
    expect(run()?.header.endpoints).toEqual([]);
    expect(batches).toEqual([]);
    store.getState().setSets({ setTakesPart: new Map([[id, true]]) });
    await sets.start();
    expect(run()?.header.endpoints).toMatchObject([{ address: "http://linked" }]);
  });

  test("an endpoint that became another one gives no answers to a run of before", async () => {
    store.getState().setEndpoint({ address: "http://a", token: null }, true);
    await sets.chooseFolder();
    await sets.start();
    contents["7/new.jpg"] = "7";

    openPage();
    store.getState().setEndpoint({ address: "http://a", token: null }, true);
    infoOf = () => ({ ...info, model: { ...info.model, versions: ["2"] } });
    await sets.restore();
    void sets.resume();
    await until(({ setRun }) => setRun?.endpoints[0]?.phase === "down");
    expect(run()?.endpoints[0]?.failure).toContain("something else than at the beginning");
    expect(run()?.records.has("7/new.jpg")).toBe(false);
    sets.stop();
    expect(run()?.phase).toBe("stopped");
  });

  test("another model pauses the run, and cannot go on with it", async () => {
    gate = () => new Promise(() => {});
    await sets.chooseFolder();
    void sets.start();
    await inPhase("running");
    store.getState().setModel({ phase: "ready", model: { ...model, checksum: "1".repeat(64) } });
    expect(run()).toMatchObject({ phase: "paused", halt: "Another model is in use now." });
    await sets.resume();
    expect(run()?.phase).toBe("paused");
  });

  test("an emulator that only fails halts the run; what failed is tried again", async () => {
    for (let i = 0; i < 9; i++) contents[`1/${i}.jpg`] = "1";
    gate = () => Promise.reject(new StreamscopeError("engine-failed", "It broke."));
    await sets.chooseFolder();
    await sets.start();
    expect(run()).toMatchObject({ phase: "paused", halt: expect.stringContaining("It broke.") });
    gate = async () => {};
    await sets.resume();
    expect(run()?.tally.files).toEqual({ done: 13, broken: 1, missing: 0, failed: 0 });
  });

  test("a full store is said, and the run goes on in memory", async () => {
    kept.isFull = true;
    await sets.chooseFolder();
    await sets.start();
    expect(run()).toMatchObject({ phase: "done", isKept: false, tally: { files: { done: 4 } } });
  });

  test("files that vanish in the run are named, and tried again when it goes on", async () => {
    await sets.chooseFolder();
    delete contents["7/a.jpg"];
    await sets.start();
    expect(run()?.tally.files).toMatchObject({ done: 3, missing: 1 });
    contents["7/a.jpg"] = "7";
    await sets.resume();
    expect(run()?.tally.files).toMatchObject({ done: 4, missing: 0 });
  });

  test("results are forgotten when the user says so, also over a reload", async () => {
    await sets.chooseFolder();
    await sets.start();
    await sets.forget();
    expect(run()).toBeNull();
    openPage();
    await sets.restore();
    expect(run()).toBeNull();
  });

  test("a picture is opened in Classify", async () => {
    await sets.chooseFolder();
    await sets.start();
    await sets.look("3/c.jpg");
    expect(store.getState().view).toBe("classify");
    expect(shown.map(({ name }) => name)).toEqual(["c.jpg"]);
  });

  test("a folder without pictures is refused, and the set before it stays", async () => {
    await sets.chooseFolder();
    folder = fakeFolder("texts", { "a.txt": "", "b.txt": "" });
    await sets.chooseFolder();
    expect(store.getState().setFailure?.message).toBe(
      "There are no pictures in “texts” (2 other files). Choose a folder with pictures.",
    );
    expect(store.getState().chosenSet?.images.name).toBe("photos");
  });
});
