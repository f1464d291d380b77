import { environmentManager, QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { RemoteResult } from "../../remote/endpoint";
import type { NetworkRun } from "../../workers/emulator-api";
import { framesCsv } from "../compare/model/export-csv";
import { comparisonJson } from "../compare/model/export-json";
import { testInfo } from "../compare/model/testing/frames";
import { shownFrame } from "../state/compare-slice";
import type { CameraState } from "../state/live-slice";
import { createAppStore } from "../state/store";
import { switchedTo } from "../state/switch-model";
import { fakeClassification, fakeModel, settled } from "../testing/fake-emulator";
import { fakePicture } from "../testing/fake-picture";
import { FakeRemote } from "../testing/fake-remote";
import { createCompareSession } from "./compare-session";
import type { FrameListener } from "./live-frame";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  environmentManager.setIsServer(() => true);
});

const answer = (...top: number[]): RemoteResult => ({
  top: [top],
  timeMs: { total: 12, queue: 1, device: 6 },
  parameters: { batch_size: 1 },
});

const topOf = (...indices: number[]): NetworkRun["top"] =>
  indices.map((index, rank) => ({ index, logit: 9 - rank, label: null }));

/** The session with a loaded model and one endpoint that the user allowed. */
function setUp({ allowed = true } = {}) {
  const store = createAppStore();
  const remote = new FakeRemote();
  const queries = new QueryClient();
  const listeners = new Set<FrameListener>();
  const runs: ((run: NetworkRun) => void)[] = [];
  const session = createCompareSession({
    store,
    remote,
    queries,
    session: { run: () => new Promise((resolve) => runs.push(resolve)) },
    live: {
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  store.getState().setModel({ phase: "ready", model: fakeModel() });
  store.getState().setEndpoint({ address: "http://card:8000", token: "secret" }, allowed);
  const watch = () => {
    const stop = session.watch();
    stops.push(stop);
    return stop;
  };
  /** A photo and the emulator's answer to it. */
  const photo = (name: string, ...indices: number[]) => {
    const { begin, succeed, attempt } = store.getState();
    const id = (attempt?.id ?? 0) + 1;
    begin(id, fakePicture(name));
    succeed(id, fakeClassification({ top: topOf(...indices) }));
  };
  /** A frame of the camera; what the listener returns is when the next one may come. */
  let frames = 0;
  const frame = (run: Promise<NetworkRun>) => {
    frames += 1;
    const { input, source, notes, prepareMs } = fakeClassification({ input: Uint8Array.of(frames) });
    const live = { number: frames, takenAt: 0, prepared: { input, source, notes, prepareMs }, run };
    return [...listeners].map((listener) => listener(live))[0];
  };
  const ready = async () => {
    await remote.checks.at(-1)?.answer(testInfo);
  };
  return { store, remote, queries, session, listeners, runs, watch, photo, frame, ready };
}

const done = (...indices: number[]) => Promise.resolve(fakeClassification({ top: topOf(...indices) }));

test("the photo on screen is compared by itself, with the very bytes that the emulator had", async () => {
  const { store, remote, watch, photo, ready } = setUp();
  photo("panda", 1, 2, 3);
  watch();
  await ready();
  const [request] = remote.requests;
  expect(request?.request.inputs).toEqual([store.getState().outcome?.classification.input]);
  expect(request?.request.endpoint).toEqual({ address: "http://card:8000", token: "secret" });
  expect(store.getState().asking).toBe(true);
  await request?.answer(answer(1, 3, 2));
  const { comparison, asking } = store.getState();
  expect(asking).toBe(false);
  expect(comparison?.counts).toMatchObject({ compared: 1, sameFirst: 1, sameSet: 1, sameOrder: 0 });
  expect(shownFrame(store.getState())).toMatchObject({
    photo: "panda",
    // Of 48 zero bytes.
    inputSha256: "17b0761f87b081d5cf10757ccc89f12be355c70e2e29df288b65b30710dcbcd1",
    emulator: { prepareMs: 1, runMs: 2 },
    endpoint: { top: [1, 3, 2], latency: { totalMs: 12, networkMs: 5, queueMs: 1, deviceMs: 6 } },
  });
});

test("a photo is asked about once; a new one again, and the same one when the user says so", async () => {
  const { store, remote, session, runs, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.answer(answer(1));
  store.getState().setAligned(false);
  expect(remote.requests).toHaveLength(1);
  photo("tiger", 2);
  await remote.requests[1]?.answer(answer(2));
  session.again();
  expect(remote.requests).toHaveLength(3);
  await remote.requests[2]?.answer(answer(2));
  expect(store.getState().comparison?.counts.compared).toBe(2);
  runs[0]?.(fakeClassification({ top: topOf(2), runMs: 77 }));
  await settled();
  expect(shownFrame(store.getState())?.emulator.runMs).toBe(77);
});

test("without the user's yes nothing is asked", async () => {
  const { store, remote, watch, photo, ready } = setUp({ allowed: false });
  photo("panda", 1);
  watch();
  await settled();
  expect(remote.checks).toEqual([]);
  store.getState().allowEndpoint(store.getState().endpoints[0]!.id);
  await ready();
  expect(remote.requests).toHaveLength(1);
});

test("aligned: the next frame waits for both answers", async () => {
  const { store, remote, watch, frame, ready } = setUp();
  store.getState().setCompareSource("camera");
  watch();
  await ready();
  let runIt: (run: NetworkRun) => void = () => {};
  const run = new Promise<NetworkRun>((resolve) => {
    runIt = resolve;
  });
  let next = false;
  void frame(run)?.then(() => {
    next = true;
  });
  await remote.requests[0]?.answer(answer(4));
  expect(next).toBe(false);
  runIt(fakeClassification({ top: topOf(4) }));
  await settled();
  expect(next).toBe(true);
  expect(store.getState().comparison?.counts).toMatchObject({ compared: 1, sameOrder: 1 });
});

test("not aligned: no frame waits, one request is in flight, and the newest frame is next", async () => {
  const { store, remote, watch, frame, ready } = setUp();
  store.getState().setCompareSource("camera");
  store.getState().setAligned(false);
  watch();
  await ready();
  for (const index of [1, 2, 3]) expect(frame(done(index))).toBeUndefined();
  await settled();
  expect(remote.requests.map(({ request }) => request.inputs[0]?.[0])).toEqual([1]);
  await remote.requests[0]?.answer(answer(1));
  expect(remote.requests.map(({ request }) => request.inputs[0]?.[0])).toEqual([1, 3]);
  await remote.requests[1]?.answer(answer(9));
  const { comparison, mismatches, comparePace } = store.getState();
  expect(comparison?.records.map(({ number }) => number)).toEqual([1, 3]);
  expect(mismatches.map(({ number }) => number)).toEqual([3]);
  expect([comparePace.emulator.length, comparePace.endpoint.length]).toEqual([3, 2]);
});

test("paused: the camera is not listened to", async () => {
  const { store, listeners, watch, ready } = setUp();
  store.getState().setCompareSource("camera");
  watch();
  await ready();
  expect(listeners.size).toBe(1);
  store.getState().setComparePaused(true);
  expect(listeners.size).toBe(0);
  store.getState().setComparePaused(false);
  expect(listeners.size).toBe(1);
});

test("an endpoint that dies in mid-session is said so, the emulator goes on, and comparing resumes", async () => {
  // Here is no window, and the query would not ask again by itself.
  environmentManager.setIsServer(() => false);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  const { store, remote, watch, frame } = setUp();
  store.getState().setCompareSource("camera");
  watch();
  void remote.checks[0]?.answer(testInfo);
  await vi.advanceTimersByTimeAsync(1);

  void frame(done(1));
  void remote.requests[0]?.fail("endpoint", { fault: "unreachable" });
  await vi.advanceTimersByTimeAsync(1);
  expect(store.getState().askFailure).toMatchObject({ fault: "unreachable" });
  expect(store.getState().comparison?.unanswered).toMatchObject([{ number: 1, fault: "unreachable" }]);

  // It is checked at once; meanwhile no request goes to it, and no frame waits for it.
  expect(remote.checks).toHaveLength(2);
  expect(frame(done(2))).toBeUndefined();
  void remote.checks[1]?.fail("endpoint", { fault: "unreachable" });
  await vi.advanceTimersByTimeAsync(1);
  expect(frame(done(3))).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(remote.requests).toHaveLength(1);
  expect(store.getState().comparePace.emulator).toHaveLength(3);

  // It is checked again and again by itself, until it is back.
  await vi.advanceTimersToNextTimerAsync();
  expect(remote.checks).toHaveLength(3);
  void remote.checks[2]?.answer(testInfo);
  await vi.advanceTimersByTimeAsync(1);
  void frame(done(4));
  void remote.requests[1]?.answer(answer(4));
  await vi.advanceTimersByTimeAsync(1);
  expect(store.getState().askFailure).toBeNull();
  expect(store.getState().comparison?.counts).toMatchObject({ compared: 1, unanswered: 1 });
});

test("a photo that met a dead endpoint is sent again when it is back; one it refused is not", async () => {
  const { store, remote, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.fail("endpoint", { fault: "unreachable" });
  await ready();
  expect(remote.requests).toHaveLength(2);
  await remote.requests[1]?.answer(answer(1));
  expect(store.getState().comparison?.counts).toMatchObject({ compared: 1, unanswered: 1 });

  photo("tiger", 2);
  await remote.requests[2]?.fail("endpoint", { fault: "bad-reply" });
  await ready();
  expect(remote.requests).toHaveLength(3);
  expect(store.getState().askFailure).toMatchObject({ fault: "bad-reply" });
});

test.each([
  { fault: "broke-off" },
  { fault: "server-error", status: 502 },
  { fault: "server-error", status: 504 },
])(
  "a photo that met an endpoint which starts again behind a proxy is sent again: $fault $status",
  async (details) => {
    const { store, remote, watch, photo, ready } = setUp();
    watch();
    await ready();
    photo("panda", 1);
    await remote.requests[0]?.fail("endpoint", details);
    await ready();
    await remote.requests[1]?.answer(answer(1));
    expect(store.getState().comparison?.counts).toMatchObject({ compared: 1, unanswered: 1 });
  },
);

test("a photo at which the endpoint fails is not sent again", async () => {
  const { remote, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.fail("endpoint", { fault: "server-error", status: 500 });
  await ready();
  expect(remote.requests).toHaveLength(1);
});

test("another endpoint begins another comparison, and the answer of the one before is dropped", async () => {
  const { store, remote, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  store.getState().setEndpoint({ address: "http://other:8000", token: null }, true);
  store.getState().setComparedEndpoint(store.getState().endpoints[1]!.id);
  expect(remote.requests[0]?.signal?.aborted).toBe(true);
  await ready();
  await remote.requests[1]?.answer(answer(1));
  const { comparison } = store.getState();
  expect(comparison?.setup.endpoint.address).toBe("http://other:8000");
  expect(comparison?.counts.compared).toBe(1);
});

test("a mismatch outlives its comparison, with what it was of, until the user drops it", async () => {
  const { store, remote, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.answer(answer(2));
  // The endpoint is another version now.
  const { server } = testInfo;
  await remote.checks.at(-1)?.answer(testInfo);
  store.getState().setEndpoint({ address: "http://card:8000", token: "new" }, true);
  await remote.checks.at(-1)?.answer({ ...testInfo, server: { ...server, version: "0.2.0" } });
  await remote.requests[1]?.answer(answer(1));
  expect(store.getState().comparison?.counts).toMatchObject({ compared: 1, sameOrder: 1 });
  expect(store.getState().notices).toMatchObject([{ text: expect.stringContaining("a new comparison") }]);
  expect(store.getState().mismatches).toMatchObject([
    { number: 1, setup: { endpoint: { info: { server: { version: "0.1.0" } } } } },
  ]);

  store.setState(switchedTo(null, fakeModel({ checksum: "other" })));
  expect(store.getState().mismatches).toHaveLength(1);
  store.getState().replayFrame(1);
  expect(shownFrame(store.getState())).toMatchObject({ photo: "panda", endpoint: { top: [2] } });
  store.getState().dropMismatch(1);
  expect(store.getState().mismatches).toEqual([]);
});

/** A camera that is on, seen or hidden. */
const camera = (hidden: boolean): CameraState => ({
  phase: "on",
  info: { id: "1", label: "Webcam", facing: null, frameRate: null },
  paused: false,
  hidden,
  muted: false,
  stalled: false,
  failure: null,
});

test("a rate begins anew after the camera was hidden, and the endpoint's with another endpoint", async () => {
  const { store, remote, watch, frame, ready } = setUp();
  store.getState().setCompareSource("camera");
  store.getState().setAligned(false);
  store.getState().setCamera(camera(false));
  watch();
  await ready();
  const lengths = () => {
    const { emulator, endpoint } = store.getState().comparePace;
    return [emulator.length, endpoint.length];
  };
  frame(done(1));
  await remote.requests[0]?.answer(answer(1));
  expect(lengths()).toEqual([1, 1]);
  store.getState().setCamera(camera(true));
  expect(lengths()).toEqual([0, 0]);
  store.getState().setCamera(camera(false));
  frame(done(1));
  await remote.requests[1]?.answer(answer(1));
  expect(lengths()).toEqual([1, 1]);

  store.getState().setEndpoint({ address: "http://other:8000", token: null }, true);
  store.getState().setComparedEndpoint(store.getState().endpoints[1]!.id);
  expect(lengths()).toEqual([1, 0]);
  await ready();
  frame(done(1));
  await remote.requests[2]?.answer(answer(1));
  expect(lengths()).toEqual([2, 1]);
  // Back to one that is known to be ready: it is asked at once.
  store.getState().setComparedEndpoint(store.getState().endpoints[0]!.id);
  expect(lengths()).toEqual([2, 0]);
});

test("the endpoint's rate begins anew when it turns red between two frames", async () => {
  const { store, remote, queries, watch, frame, ready } = setUp();
  store.getState().setCompareSource("camera");
  store.getState().setAligned(false);
  watch();
  await ready();
  frame(done(1));
  await remote.requests[0]?.answer(answer(1));
  expect(store.getState().comparePace.endpoint).toHaveLength(1);
  void queries.refetchQueries();
  await settled();
  await remote.checks.at(-1)?.fail("endpoint", { fault: "unreachable" });
  expect(store.getState().comparePace.endpoint).toEqual([]);
  expect(store.getState().comparePace.emulator).toHaveLength(1);
});

test("aligned: a silent endpoint holds a frame for a second, the emulator goes on, and the late answer counts", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { store, remote, watch, frame } = setUp();
  store.getState().setCompareSource("camera");
  watch();
  void remote.checks[0]?.answer(testInfo);
  await vi.advanceTimersByTimeAsync(1);
  let next = false;
  void frame(done(1))?.then(() => {
    next = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(next).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(next).toBe(true);
  expect(store.getState().endpointLate).toBe(true);
  expect(frame(done(2))).toBeUndefined();

  void remote.requests[0]?.answer(answer(1));
  await vi.advanceTimersByTimeAsync(1);
  expect(store.getState().comparison?.records).toMatchObject([{ number: 1 }]);
  // The frame that waited is answered in time: the two are side by side again.
  void remote.requests[1]?.answer(answer(2));
  await vi.advanceTimersByTimeAsync(1);
  expect(store.getState().endpointLate).toBe(false);
  expect(frame(done(3))).toBeDefined();
});

test("when nobody looks any longer, nothing is asked, and what was compared stays", async () => {
  const { store, remote, listeners, watch, photo, ready } = setUp();
  const stop = watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.answer(answer(1));
  store.getState().setCompareSource("camera");
  stop();
  photo("tiger", 2);
  expect(listeners.size).toBe(0);
  expect(remote.requests).toHaveLength(1);
  expect(store.getState().comparison?.counts.compared).toBe(1);
});

test("neither an export nor a query's key holds the token", async () => {
  const { store, remote, queries, watch, photo, ready } = setUp();
  watch();
  await ready();
  photo("panda", 1);
  await remote.requests[0]?.answer(answer(2));
  const { comparison } = store.getState();
  const keys = queries
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => queryKey);
  const written = [
    comparisonJson(comparison!, "1", 0),
    framesCsv(store.getState().mismatches, "1"),
    JSON.stringify(keys),
  ];
  expect(written.join()).toContain("http://card:8000");
  expect(written.join()).not.toContain("secret");
});
