import { beforeEach, describe, expect, test } from "vitest";
import { uint } from "../../graph/datatype";
import type { OwnModel } from "../../models/own-model-store";
import { standing } from "../state/picture-slice";
import { type AppStore, createAppStore } from "../state/store";
import { tapOf, tappingOf } from "../state/taps-slice";
import { FakeEmulator, fakeClassification, fakeModel, settled } from "../testing/fake-emulator";
import { fakePicture } from "../testing/fake-picture";
import { releasePictures } from "./release-pictures";
import { createSession, type Session } from "./session";

let emulator: FakeEmulator;
let store: AppStore;
let session: Session;

beforeEach(() => {
  emulator = new FakeEmulator();
  store = createAppStore();
  session = createSession({ client: emulator, store, manifestUrl: "https://example.org/manifest.json" });
});

/** With the model loaded. */
async function loaded() {
  void session.load();
  await emulator.loads.at(-1)!.answer(fakeModel());
}

/** With a result for a first picture on screen. */
async function withResult() {
  await loaded();
  const picture = fakePicture("first");
  void session.show(picture);
  await settled();
  await emulator.classifications[0]!.answer(fakeClassification());
  return picture;
}

describe("loading", () => {
  test("asks for the engine of the settings and reports progress", async () => {
    store.getState().setEngine("ort");
    void session.load();
    const [load] = emulator.loads;
    expect(load!.request).toMatchObject({
      backend: "ort",
      manifestUrl: "https://example.org/manifest.json",
    });
    const progress = { stage: "weights", done: 1, total: 2, label: "weights" } as const;
    load!.request.options!.onProgress!(progress);
    expect(store.getState().model).toEqual({ phase: "loading", progress });
    const model = fakeModel();
    await load!.answer(model);
    expect(store.getState().model).toEqual({ phase: "ready", model });
  });

  test("progress that comes late does not undo the end", async () => {
    const late = { stage: "checks", done: 0, total: 1, label: "checks" } as const;
    void session.load();
    await emulator.loads[0]!.fail("bad-package");
    emulator.loads[0]!.request.options!.onProgress!(late);
    expect(store.getState().model.phase).toBe("failed");
    void session.retry();
    await emulator.loads[1]!.answer(fakeModel());
    emulator.loads[1]!.request.options!.onProgress!(late);
    expect(store.getState().model.phase).toBe("ready");
  });

  test("a picture handed in meanwhile waits and is then classified", async () => {
    void session.load();
    void session.show(fakePicture("early"));
    await settled();
    expect(emulator.classifications).toHaveLength(0);
    await emulator.loads[0]!.answer(fakeModel());
    await emulator.classifications[0]!.answer(fakeClassification());
    expect(store.getState().attempt?.phase).toBe("done");
  });

  test("a failure is kept, and retrying takes the waiting picture up again", async () => {
    void session.load();
    void session.show(fakePicture("early"));
    await emulator.loads[0]!.fail("network");
    expect(store.getState().model).toMatchObject({ phase: "failed", failure: { code: "network" } });
    expect(store.getState().attempt?.phase).toBe("running");
    void session.retry();
    await emulator.loads[1]!.answer(fakeModel());
    await emulator.classifications[0]!.answer(fakeClassification());
    expect(store.getState().outcome?.picture.name).toBe("early");
  });

  test("another engine replaces a load under way and classifies the picture on screen again", async () => {
    const picture = await withResult();
    store.getState().setEngine("ort");
    void session.load();
    store.getState().setEngine("reference");
    void session.load();
    expect(emulator.loads[1]!.signal!.aborted).toBe(true);
    await emulator.loads[2]!.answer(fakeModel({ name: "again" }));
    expect(standing(store.getState())).toBe("same-picture");
    await emulator.classifications[1]!.answer(fakeClassification({ notes: ["new"] }));
    expect(emulator.classifications[1]!.request.picture).toBe(picture.blob);
    expect(store.getState().outcome?.classification.notes).toEqual(["new"]);
    expect(standing(store.getState())).toBe("current");
  });

  test("a worker lost while loading is tried once more, not for ever", async () => {
    void session.load();
    await emulator.loads[0]!.fail("worker-lost");
    await emulator.loads[1]!.fail("worker-lost");
    expect(emulator.loads).toHaveLength(2);
    expect(store.getState().model).toMatchObject({ phase: "failed", failure: { remedy: "retry" } });
    expect(store.getState().notices).toHaveLength(0);
  });
});

describe("classifying", () => {
  test("the newest picture wins, whatever the older call does", async () => {
    await loaded();
    void session.show(fakePicture("older"));
    await settled();
    void session.show(fakePicture("newer"));
    await settled();
    const [older, newer] = emulator.classifications;
    expect(older!.signal!.aborted).toBe(true);
    await newer!.answer(fakeClassification());
    await older!.answer(fakeClassification());
    expect(store.getState().outcome?.picture.name).toBe("newer");
    expect(store.getState().attempt).toMatchObject({ phase: "done", picture: { name: "newer" } });
  });

  test("an error leaves the former result and says whose it is", async () => {
    await withResult();
    void session.show(fakePicture("broken"));
    await settled();
    await emulator.classifications[1]!.fail("bad-image");
    const state = store.getState();
    expect(state.attempt).toMatchObject({ phase: "failed", failure: { remedy: "another-picture" } });
    expect(state.outcome?.picture.name).toBe("first");
    expect(standing(state)).toBe("former");
  });

  test.each(["worker-lost", "device-lost"] as const)(
    "after %s the model is loaded again, the same picture classified, the user told",
    async (code) => {
      await loaded();
      const picture = fakePicture("survivor");
      void session.show(picture);
      await settled();
      await emulator.classifications[0]!.fail(code);
      expect(store.getState().model.phase).toBe("loading");
      await emulator.loads[1]!.answer(fakeModel());
      expect(emulator.classifications[1]!.request.picture).toBe(picture.blob);
      await emulator.classifications[1]!.answer(fakeClassification());
      expect(store.getState().outcome?.picture).toBe(picture);
      expect(store.getState().notices).toHaveLength(1);
    },
  );

  test("a second loss for the same picture is not tried again", async () => {
    await withResult();
    void session.show(fakePicture("killer"));
    await settled();
    await emulator.classifications[1]!.fail("worker-lost");
    await emulator.loads[1]!.answer(fakeModel());
    await emulator.classifications[2]!.fail("worker-lost");
    expect(emulator.loads).toHaveLength(2);
    expect(store.getState().attempt?.failure?.code).toBe("worker-lost");
    expect(store.getState().outcome?.picture.name).toBe("first");
  });

  test("a photo whose recovery fails is classified when trying again helps", async () => {
    await withResult();
    const photo = fakePicture("new");
    void session.show(photo);
    await settled();
    await emulator.classifications[1]!.fail("device-lost");
    await emulator.loads[1]!.fail("network");
    expect(store.getState().attempt).toMatchObject({ phase: "failed", picture: { name: "new" } });
    expect(store.getState().notices).toHaveLength(0);
    void session.retry();
    await emulator.loads[2]!.answer(fakeModel());
    await emulator.classifications[2]!.answer(fakeClassification());
    expect(emulator.classifications[2]!.request.picture).toBe(photo.blob);
    expect(store.getState().outcome?.picture.name).toBe("new");
  });

  test("pictures are freed when nothing on screen is of them", async () => {
    releasePictures(store);
    const first = await withResult();
    const broken = fakePicture("broken");
    void session.show(broken);
    await settled();
    await emulator.classifications[1]!.fail("bad-image");
    expect([first.released, broken.released]).toEqual([false, false]);
    void session.show(fakePicture("third"));
    expect([first.released, broken.released]).toEqual([false, true]);
    await settled();
    await emulator.classifications[2]!.answer(fakeClassification());
    expect(first.released).toBe(true);
  });
});

describe("tapping", () => {
  const tap = { shape: [1, 1], datatype: uint(4), data: new Uint8Array([3]) };
  const tapsOf = (...nodes: string[]) =>
    fakeClassification({ taps: new Map(nodes.map((node) => [node, tap])) });

  test("takes several nodes in one run, for the picture whose result is on screen", async () => {
    const picture = await withResult();
    void session.tap(["a", "b"]);
    await settled();
    expect(tappingOf(store.getState(), "b")).toMatchObject({ phase: "running" });
    const call = emulator.classifications[1]!;
    expect(call.request).toEqual({ picture: picture.blob, taps: ["a", "b"] });
    await call.answer(tapsOf("a", "b"));
    expect(tapOf(store.getState(), "a")).toBe(tap);
    expect(tapOf(store.getState(), "b")).toBe(tap);
    expect(store.getState().tapping).toBeNull();
  });

  test("computes only what is not there and not under way", async () => {
    await withResult();
    void session.tap(["a"]);
    await settled();
    void session.tap(["a"]);
    await settled();
    expect(emulator.classifications).toHaveLength(2);
    await emulator.classifications[1]!.answer(tapsOf("a"));
    void session.tap(["a", "b"]);
    await settled();
    expect(emulator.classifications[2]!.request.taps).toEqual(["b"]);
    await emulator.classifications[2]!.answer(tapsOf("b"));
    void session.tap(["b", "a"]);
    await settled();
    expect(emulator.classifications).toHaveLength(3);
  });

  test("gives way to other nodes and to a new picture", async () => {
    await withResult();
    void session.tap(["a"]);
    await settled();
    void session.tap(["b"]);
    await settled();
    expect(emulator.classifications[1]!.signal!.aborted).toBe(true);
    expect(tappingOf(store.getState(), "a")).toBeNull();
    expect(tappingOf(store.getState(), "b")).toMatchObject({ phase: "running" });
    void session.show(fakePicture("second"));
    await settled();
    expect(store.getState().tapping).toBeNull();
  });

  test("outputs belong to their result: a new picture's are not there yet", async () => {
    await withResult();
    void session.tap(["a"]);
    await settled();
    await emulator.classifications[1]!.answer(tapsOf("a"));
    void session.show(fakePicture("second"));
    await settled();
    expect(tapOf(store.getState(), "a")).toBe(tap);
    await emulator.classifications[2]!.answer(fakeClassification());
    expect(tapOf(store.getState(), "a")).toBeNull();
    void session.tap(["b"]);
    await settled();
    await emulator.classifications[3]!.answer(tapsOf("b"));
    expect([...store.getState().taps!.byNode.keys()]).toEqual(["b"]);
  });

  test("a failure is the nodes' alone, and the same wish tries again", async () => {
    await withResult();
    void session.tap(["a"]);
    await settled();
    await emulator.classifications[1]!.fail("engine-failed");
    expect(tappingOf(store.getState(), "a")).toMatchObject({
      phase: "failed",
      failure: { code: "engine-failed" },
    });
    expect(store.getState().attempt?.phase).toBe("done");
    void session.tap(["a"]);
    await settled();
    await emulator.classifications[2]!.answer(tapsOf("a"));
    expect(tapOf(store.getState(), "a")).toBe(tap);
    expect(store.getState().tapping).toBeNull();
  });

  test("an engine that leaves a node out is told of", async () => {
    await withResult();
    void session.tap(["a", "b"]);
    await settled();
    await emulator.classifications[1]!.answer(tapsOf("a"));
    expect(tappingOf(store.getState(), "b")?.failure?.message).toBe("The engine gave no output of b.");
  });
});

describe("what comes in rows", () => {
  let signal: AbortSignal;
  beforeEach(() => {
    signal = new AbortController().signal;
  });
  const input = Uint8Array.of(1, 2, 3);

  test("waits for the model, and leaves the store alone", async () => {
    void session.load();
    const running = session.run(input, signal);
    await settled();
    expect(emulator.runs).toHaveLength(0);
    await emulator.loads[0]!.answer(fakeModel());
    const result = fakeClassification();
    await emulator.runs[0]!.answer(result);
    expect(await running).toBe(result);
    expect(store.getState()).toMatchObject({ attempt: null, outcome: null });
  });

  test("calls that are lost together share one new worker, and the user is told once", async () => {
    await loaded();
    const running = session.run(input, signal);
    const preparing = session.prepare(new Blob(["file"]), signal);
    await settled();
    await emulator.runs[0]!.fail("worker-lost");
    await emulator.preparations[0]!.fail("worker-lost");
    expect(emulator.loads).toHaveLength(2);
    await emulator.loads[1]!.answer(fakeModel());
    await emulator.runs[1]!.answer(fakeClassification());
    await emulator.preparations[1]!.answer(fakeClassification());
    await Promise.all([running, preparing]);
    expect(store.getState().notices).toHaveLength(1);
  });

  test("a call that waits for a new worker outlives the user's choice of another engine", async () => {
    await loaded();
    const running = session.run(input, signal);
    const preparing = session.prepare(new Blob(["file"]), signal);
    await settled();
    await emulator.runs[0]!.fail("worker-lost");
    await emulator.preparations[0]!.fail("worker-lost");
    store.getState().setEngine("ort");
    void session.load();
    await settled();
    expect(emulator.loads[1]!.signal!.aborted).toBe(true);
    expect(emulator.runs, "not before the new engine is there").toHaveLength(1);
    await emulator.loads[2]!.answer(fakeModel());
    const result = fakeClassification();
    await emulator.runs[1]!.answer(result);
    await emulator.preparations[1]!.answer(result);
    expect(await Promise.all([running, preparing])).toEqual([result, result]);
  });

  test("a call that is stopped while it waits for a new worker stays stopped", async () => {
    await loaded();
    const stopped = new AbortController();
    const refused = expect(session.run(input, stopped.signal)).rejects.toMatchObject({ code: "aborted" });
    await settled();
    await emulator.runs[0]!.fail("worker-lost");
    stopped.abort();
    void session.load();
    await emulator.loads[2]!.answer(fakeModel());
    await refused;
    expect(emulator.runs).toHaveLength(1);
  });

  test("a frame is lost with the worker it was handed to; the next one finds another", async () => {
    await loaded();
    const frame = {} as ImageBitmap;
    const refused = expect(session.prepare(frame, signal)).rejects.toMatchObject({ code: "worker-lost" });
    await settled();
    await emulator.preparations[0]!.fail("worker-lost");
    await emulator.loads[1]!.answer(fakeModel());
    await refused;
    expect(emulator.preparations).toHaveLength(1);
    void session.prepare(frame, signal);
    await settled();
    expect(emulator.preparations).toHaveLength(2);
  });

  test("without a model there is a sentence", async () => {
    void session.load();
    await emulator.loads[0]!.fail("bad-package");
    await expect(session.run(input, signal)).rejects.toMatchObject({ code: "engine-failed" });
  });
});

describe("another model", () => {
  const own: OwnModel = {
    name: "mine",
    origin: "mine.onnx",
    package: { checksum: "a".repeat(64), manifest: new Blob(), binary: new Blob() },
  };

  test("is loaded from the user's files, and all that was of the one before is gone at once", async () => {
    const picture = await withResult();
    store.getState().selectNode("MVAU_hls_3");
    store.getState().setCycle(100);
    const taken = session.take(own);
    expect(emulator.loads[1]!.request).toMatchObject({ own: own.package });
    expect(store.getState().outcome).not.toBeNull();
    await emulator.loads[1]!.answer(fakeModel({ name: "mine", checksum: own.package.checksum }));
    await taken;
    expect(store.getState()).toMatchObject({
      ownModel: own,
      outcome: null,
      node: null,
      cycle: 0,
      folding: null,
      model: { phase: "ready", model: { name: "mine" } },
    });
    await settled();
    expect(emulator.classifications.at(-1)!.request.picture).toBe(picture.blob);
  });

  test("that cannot be loaded leaves the one before in use, with its result", async () => {
    await withResult();
    const before = store.getState();
    const taken = session.take(own);
    const refused = expect(taken).rejects.toMatchObject({ code: "engine-failed" });
    await emulator.loads[1]!.fail("engine-failed");
    await refused;
    const { model, outcome, ownModel } = store.getState();
    expect({ model, outcome, ownModel }).toEqual({
      model: before.model,
      outcome: before.outcome,
      ownModel: null,
    });
    const next = fakePicture("next");
    void session.show(next);
    await settled();
    expect(emulator.classifications.at(-1)!.request.picture).toBe(next.blob);
    expect(emulator.loads).toHaveLength(2);
  });

  test("whose worker is lost twice brings the one before back by loading it again", async () => {
    await withResult();
    const taken = session.take(own);
    const refused = expect(taken).rejects.toMatchObject({ code: "worker-lost" });
    await emulator.loads[1]!.fail("worker-lost");
    await emulator.loads[2]!.fail("worker-lost");
    await refused;
    expect(emulator.loads[3]!.request).toMatchObject({ manifestUrl: "https://example.org/manifest.json" });
    await emulator.loads[3]!.answer(fakeModel());
    expect(store.getState()).toMatchObject({ ownModel: null, model: { phase: "ready" } });
  });

  test("is left for the built-in one", async () => {
    store.getState().setOwnModel(own);
    await loaded();
    const taken = session.take(null);
    await emulator.loads[1]!.answer(fakeModel());
    await taken;
    expect(emulator.loads[1]!.request).toMatchObject({ manifestUrl: "https://example.org/manifest.json" });
    expect(store.getState().ownModel).toBeNull();
  });
});
