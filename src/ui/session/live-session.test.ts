import { beforeEach, describe, expect, test, vi } from "vitest";
import type { NetworkRun } from "../../workers/emulator-api";
import { cameraSituation, isLive } from "../state/live-slice";
import { type AppStore, createAppStore } from "../state/store";
import { FakeCameras } from "../testing/fake-cameras";
import { FakeEmulator, fakeClassification, fakeModel, settled } from "../testing/fake-emulator";
import { FakeLivePage } from "../testing/fake-live-page";
import { fakePicture } from "../testing/fake-picture";
import type { LiveFrame } from "./live-frame";
import { createLiveSession, type LiveSession } from "./live-session";
import { createSession, type Session } from "./session";

let emulator: FakeEmulator;
let store: AppStore;
let session: Session;
let cameras: FakeCameras;
let page: FakeLivePage;
let live: LiveSession;

/** Until then every frame that is frozen is still being encoded. */
let encoding: Promise<void>;
/** A file that says which frame it is of. */
const encode = async (picture: unknown) => {
  await encoding;
  return new Blob([nameOf(picture)]);
};

beforeEach(async () => {
  encoding = Promise.resolve();
  emulator = new FakeEmulator();
  store = createAppStore();
  session = createSession({ client: emulator, store, manifestUrl: "https://example.org/manifest.json" });
  cameras = new FakeCameras();
  page = new FakeLivePage();
  live = createLiveSession({ session, store, cameras, page, encode });
  void session.load();
  await emulator.loads[0]!.answer(fakeModel());
});

const state = () => store.getState();
const camera = () => cameras.opened.at(-1)!;
const nameOf = (picture: unknown) => (picture as { name: string }).name;
/** The frames that the worker was given, by name. */
const taken = () => emulator.preparations.map(({ request }) => nameOf(request));

async function started() {
  await live.start();
  await settled();
  return camera();
}

/** A promise that a test settles. */
function pending() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The emulator is done with the frame in work. */
async function answer(change: Partial<NetworkRun> = {}) {
  await emulator.preparations.at(-1)!.answer(fakeClassification());
  await emulator.runs.at(-1)!.answer(fakeClassification(change));
}

/** With one frame answered. */
async function withResult(name = "first") {
  await started();
  await camera().give(name);
  await answer();
}

describe("frames", () => {
  test("one at a time, and the newest wins", async () => {
    const { give } = await started().then((on) => ({ give: on.give.bind(on) }));
    for (const name of ["a", "b", "c"]) await give(name);
    expect(taken()).toEqual(["a"]);
    await answer();
    expect(taken(), "the frame between is not worked on").toEqual(["a", "c"]);
    await answer();
    expect(taken(), "none is worked on twice").toEqual(["a", "c"]);
    await give("d");
    expect(taken()).toEqual(["a", "c", "d"]);
    expect(state().liveResult).toMatchObject({ number: 2, measurements: { given: 3, taken: 2 } });
  });

  test("the store changes once a frame", async () => {
    await withResult();
    const changes = vi.fn();
    store.subscribe(changes);
    await camera().give("b");
    expect(changes).not.toHaveBeenCalled();
    await answer();
    expect(changes).toHaveBeenCalledTimes(1);
  });

  test("every stage is measured: from the light, or from when it was shown", async () => {
    await started();
    page.pass(100);
    await camera().give("a", { capturedAt: 60 });
    await answer();
    expect(state().liveResult?.measurements).toMatchObject({
      fromLight: true,
      medianMs: { capture: 40, resize: 1, emulate: 2, draw: null },
    });
    page.pass(100);
    await camera().give("b", { shownAt: 180 });
    await answer();
    expect(state().liveResult?.measurements).toMatchObject({
      fromLight: false,
      framesPerSecond: 10,
      medianMs: { capture: 30, draw: 4 },
    });
  });

  test("smoothing is for the screen: the run stays as it is", async () => {
    await started();
    const classes = (logits: number[]) => ({
      logits: Int32Array.from(logits),
      top: [{ index: logits.indexOf(Math.max(...logits)), logit: Math.max(...logits), label: null }],
    });
    await camera().give("a");
    await answer(classes([100, 0]));
    page.pass(100);
    await camera().give("b");
    await answer(classes([0, 50]));
    expect(state().liveResult?.run.top[0]).toMatchObject({ index: 1, logit: 50 });
    expect(state().liveResult?.smoothed[0]?.index).toBe(0);
  });

  test("no picture is left open: answered, failed, stopped, frozen", async () => {
    await withResult("a");
    expect(cameras.leftOpen.filter((name) => name !== "a")).toEqual([]);
    await camera().give("b");
    await emulator.preparations.at(-1)!.fail("engine-failed");
    live.resume();
    await camera().give("c");
    live.stop();
    await settled();
    expect(cameras.leftOpen).toEqual([]);
    await withResult("d");
    await live.freeze();
    await settled();
    expect(cameras.leftOpen).toEqual([]);
  });
});

describe("listeners", () => {
  test("hear of a frame when its input is there, and may keep the next one waiting", async () => {
    const heard: LiveFrame[] = [];
    const done = pending();
    const leave = live.listen((frame) => {
      heard.push(frame);
      return done.promise;
    });
    await started();
    page.pass(5);
    await camera().give("a");
    const input = Uint8Array.of(1, 2, 3);
    await emulator.preparations[0]!.answer(fakeClassification({ input }));
    expect(heard).toMatchObject([{ number: 1, takenAt: 5, prepared: { input } }]);
    await emulator.runs[0]!.answer(fakeClassification());
    expect((await heard[0]!.run).top[0]?.label).toBe("cock");
    expect(state().liveResult?.number, "the screen does not wait").toBe(1);
    await camera().give("b");
    expect(taken()).toEqual(["a"]);
    done.resolve();
    await settled();
    expect(taken()).toEqual(["a", "b"]);
    leave();
    await answer();
    expect(heard).toHaveLength(1);
  });

  test("a listener that breaks, or never ends, is nobody else's trouble", async () => {
    live.listen(() => {
      throw new Error("broken");
    });
    await withResult("a");
    await camera().give("b");
    expect(taken()).toEqual(["a", "b"]);
    live.listen(() => new Promise(() => {}));
    await answer();
    await camera().give("c");
    expect(taken(), "the next frame waits").toEqual(["a", "b"]);
    live.stop();
    await withResult("d");
    expect(taken()).toEqual(["a", "b", "d"]);
  });
});

describe("freezing", () => {
  test("shows the newest answered frame as a picture, and the camera is off", async () => {
    await withResult("a");
    await camera().give("b");
    const picture = (await live.freeze())!;
    await settled();
    expect(await (await picture.read(new AbortController().signal)).text()).toBe("a");
    expect(camera().isOn).toBe(false);
    expect(state()).toMatchObject({ camera: { phase: "off" }, liveResult: null, frozenPicture: picture.id });
    expect(state().attempt?.picture).toBe(picture);
    expect(picture.name).toBe("Camera frame 1");
    expect(await emulator.classifications[0]!.request.picture.text()).toBe("a");
  });

  test("a camera that is started again meanwhile keeps the stage", async () => {
    await withResult("a");
    const freezing = live.freeze();
    await started();
    expect(await freezing).toBeNull();
    await settled();
    expect(state().camera.phase).toBe("on");
    expect(state().attempt).toBeNull();
    expect(cameras.leftOpen).toEqual([]);
  });

  describe("while the frame is still encoded", () => {
    let done: () => void;

    /** Of a camera whose newest answered frame is `a`; the rest of the freezing is the test's. */
    async function freezing(begin: () => unknown = () => live.freeze()) {
      await withResult("a");
      const file = pending();
      encoding = file.promise;
      done = file.resolve;
      begin();
      await settled();
    }

    /** Nothing is left open, and no picture keeps an address that nobody frees. */
    async function encoded() {
      const made = vi.spyOn(URL, "createObjectURL");
      done();
      await settled();
      expect(cameras.leftOpen).toEqual([]);
      const addresses = made.mock.calls.length;
      made.mockRestore();
      return addresses;
    }

    test.each(["before", null])(
      "a picture that is chosen meanwhile stays (shown before: %s)",
      async (before) => {
        if (before) void session.show(fakePicture(before));
        await freezing();
        const chosen = fakePicture("chosen");
        void session.show(chosen);
        expect(await encoded()).toBe(0);
        expect(state()).toMatchObject({ camera: { phase: "off" }, frozenPicture: null });
        expect(state().attempt?.picture).toBe(chosen);
        expect(camera().isOn).toBe(false);
      },
    );

    test("the same picture again, for another engine, is no other", async () => {
      void session.show(fakePicture("before"));
      await freezing();
      void session.load();
      await encoded();
      expect(state().attempt?.picture.name).toBe("Camera frame 1");
    });

    test("a user who goes on to another view is told once which view was left", async () => {
      await freezing(() => state().setView("lens"));
      state().setView("layers");
      await encoded();
      expect(state().notices.map(({ text }) => text)).toEqual([
        "The camera is off since you left Classify. Its newest frame is shown instead.",
      ]);
      expect(state().attempt?.picture.name).toBe("Camera frame 1");
    });

    test("a camera that is unplugged and then turned off stays off", async () => {
      await freezing(() => camera().events.onEnded("unplugged"));
      live.stop();
      expect(await encoded()).toBe(0);
      expect(state()).toMatchObject({ camera: { phase: "off" }, attempt: null });
    });

    test("freezing once more changes nothing", async () => {
      await freezing();
      expect(await live.freeze()).toBeNull();
      expect(await encoded()).toBe(1);
      expect(state().attempt?.picture.name).toBe("Camera frame 1");
    });
  });

  test("a frame that cannot be encoded leaves the camera off", async () => {
    await withResult("a");
    encoding = Promise.reject(new Error("no canvas"));
    await expect(live.freeze()).rejects.toThrow("no canvas");
    expect(state()).toMatchObject({ camera: { phase: "off" }, attempt: null });
    expect(cameras.leftOpen).toEqual([]);
  });

  test("before the first answer there is nothing to freeze", async () => {
    await started();
    await expect(live.freeze()).rejects.toMatchObject({ code: "camera" });
    expect(state().camera.phase).toBe("on");
  });

  test("leaving for a view without the video freezes and says so; Compare goes on", async () => {
    await withResult("a");
    state().setView("compare");
    expect(isLive(state())).toBe(true);
    state().setView("lens");
    await settled();
    expect(state().camera.phase).toBe("off");
    expect(state().attempt?.picture.name).toBe("Camera frame 1");
    expect(state().notices.map(({ text }) => text)).toEqual([
      "The camera is off since you left Compare. Its newest frame is shown instead.",
    ]);
    // Once another picture stands there, it is not so any more.
    void session.show(fakePicture("after"));
    expect(state().notices).toEqual([]);
  });

  test("what is said of a camera that was left stays, also where an earlier frame was frozen", async () => {
    await withResult("a");
    state().setView("lens");
    await settled();
    state().setView("classify");
    await withResult("b");
    expect(state().notices).toEqual([]);
    state().setView("lens");
    await settled();
    expect(state().notices).toHaveLength(1);
  });

  test("another picture that the user hands in takes the camera's place", async () => {
    void session.show(fakePicture("before"));
    await withResult();
    void session.load();
    await settled();
    expect(isLive(state()), "the same picture again, for another engine, is not the user's").toBe(true);
    void session.show(fakePicture("other"));
    expect(state().camera.phase).toBe("off");
    expect(camera().isOn).toBe(false);
  });
});

describe("what befalls a camera", () => {
  test("the question is said to be open until it is answered; giving up turns off what comes late", async () => {
    cameras.allowed = "prompt";
    const user = pending();
    cameras.answer = user.promise;
    const starting = live.start();
    await settled();
    expect(cameraSituation(state())).toBe("asking");
    live.stop();
    user.resolve();
    await starting;
    expect(state().camera).toEqual({ phase: "off" });
    expect(camera().isOn).toBe(false);
  });

  test("a refusal is said, and the next try may do", async () => {
    cameras.refuse("denied");
    await live.start();
    expect(state().camera).toEqual({ phase: "failed", fault: "denied" });
    cameras.answer = Promise.resolve();
    cameras.devices = [{ id: "front", label: "Front camera" }];
    await started();
    expect(state()).toMatchObject({ camera: { phase: "on" }, cameras: [{ id: "front" }] });
    cameras.devices = [];
    cameras.plug();
    await settled();
    expect(state().cameras).toEqual([]);
  });

  test("another camera takes the place of the one before", async () => {
    await withResult("a");
    const first = camera();
    await live.start({ deviceId: "rear" });
    await settled();
    expect(first.isOn).toBe(false);
    expect(state().camera).toMatchObject({ info: { id: "rear" } });
    expect(state().liveResult).toBeNull();
    await first.give("late");
    expect(taken()).toEqual(["a"]);
  });

  test("one that is unplugged leaves its newest frame", async () => {
    await withResult("a");
    camera().events.onEnded("unplugged");
    await settled();
    expect(state().camera).toEqual({ phase: "failed", fault: "unplugged" });
    expect(state().attempt?.picture.name).toBe("Camera frame 1");
    await started();
    camera().events.onEnded("denied");
    await settled();
    expect(state().camera, "with no frame yet").toEqual({ phase: "failed", fault: "denied" });
  });

  test("a hidden page takes no frames, and goes on by itself", async () => {
    await withResult("a");
    await page.hide(true);
    expect(cameraSituation(state())).toBe("hidden");
    page.pass(60_000);
    await camera().give("b");
    expect(taken()).toEqual(["a"]);
    await page.hide(false);
    expect(cameraSituation(state())).toBeNull();
    await camera().give("c");
    expect(taken()).toEqual(["a", "c"]);
  });

  test("the time for which the page is hidden is nobody's time to draw", async () => {
    await withResult("a");
    await camera().give("b");
    await page.hide(true);
    await answer();
    page.pass(60_000);
    await page.hide(false);
    await camera().give("c");
    await answer();
    expect(state().liveResult?.measurements.medianMs.draw, "of the first frame alone").toBe(4);
  });

  test("a muted one waits; one that gives no frames has stalled until it gives some", async () => {
    await withResult("a");
    camera().events.onMuted(true);
    expect(cameraSituation(state())).toBe("muted");
    await camera().give("black");
    expect(taken()).toEqual(["a"]);
    camera().events.onMuted(false);
    page.pass(2000);
    expect(cameraSituation(state())).toBeNull();
    page.pass(2000);
    expect(cameraSituation(state())).toBe("stalled");
    await camera().give("b");
    expect(cameraSituation(state())).toBeNull();
    expect(taken()).toEqual(["a", "b"]);
  });

  test("a pause ends on the frame that stands there, and is no stall", async () => {
    await started();
    await camera().give("a");
    await camera().give("b");
    live.pause();
    expect(camera().isPlaying).toBe(false);
    await answer();
    await answer();
    expect(taken()).toEqual(["a", "b"]);
    page.pass(60_000);
    expect(cameraSituation(state())).toBe("paused");
    live.resume();
    expect(camera().isPlaying).toBe(true);
    expect(cameraSituation(state())).toBeNull();
  });
});

describe("what befalls the emulator", () => {
  test("a lost worker is replaced with a notice, and the next frame goes on", async () => {
    await withResult("a");
    await camera().give("b");
    await emulator.preparations.at(-1)!.fail("worker-lost");
    await camera().give("c");
    expect(taken(), "none while there is no model").toEqual(["a", "b"]);
    await emulator.loads.at(-1)!.answer(fakeModel());
    expect(state().notices[0]?.text).toContain("started again");
    await camera().give("d");
    await answer();
    expect(taken()).toEqual(["a", "b", "d"]);
    expect(state().camera).toMatchObject({ phase: "on", failure: null });
  });

  test("a lost GPU costs no frame", async () => {
    await started();
    await camera().give("a");
    await emulator.preparations.at(-1)!.answer(fakeClassification());
    await emulator.runs.at(-1)!.fail("device-lost");
    await emulator.loads.at(-1)!.answer(fakeModel());
    await emulator.runs.at(-1)!.answer(fakeClassification());
    expect(emulator.runs).toHaveLength(2);
    expect(state().liveResult?.number).toBe(1);
  });

  test("another engine under a frame goes on with it", async () => {
    await withResult("a");
    await camera().give("b");
    void session.load();
    await emulator.preparations.at(-1)!.fail("engine-failed");
    await emulator.loads.at(-1)!.answer(fakeModel());
    await camera().give("c");
    await answer();
    expect(taken()).toEqual(["a", "b", "c"]);
    expect(state().camera).toMatchObject({ failure: null });
  });

  test("a model that takes no pictures says so; another one goes on by itself", async () => {
    await started();
    await camera().give("a");
    await emulator.preparations.at(-1)!.fail("unsupported-model");
    expect(state().camera).toMatchObject({ failure: { code: "unsupported-model" } });
    await camera().give("b");
    expect(taken()).toEqual(["a"]);
    void session.load();
    await emulator.loads.at(-1)!.answer(fakeModel());
    await camera().give("c");
    expect(taken()).toEqual(["a", "c"]);
  });

  test("losses without end are a failure, and the user may try again", async () => {
    await started();
    for (let loss = 0; loss < 4; loss++) {
      await camera().give(`${loss}`);
      await emulator.preparations.at(-1)!.fail("worker-lost");
      await emulator.loads.at(-1)!.answer(fakeModel());
    }
    expect(state().camera).toMatchObject({ failure: { code: "worker-lost" } });
    live.resume();
    await camera().give("again");
    expect(taken().at(-1)).toBe("again");
  });
});
