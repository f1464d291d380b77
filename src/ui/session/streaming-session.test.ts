import { beforeEach, expect, test } from "vitest";
import { emptyFolding } from "../../hardware/folding-config";
import type { FoldingReport } from "../../hardware/folding-report";
import type { OwnModel } from "../../models/own-model-store";
import type { Simulation } from "../../simulator/result";
import type { Trace } from "../../simulator/trace";
import type { SimulateRequest } from "../../workers/hardware-api";
import type { HardwareClient } from "../../workers/hardware-client";
import type { FoldedDesign } from "../state/folding-slice";
import { type AppStore, createAppStore } from "../state/store";
import { switchedTo } from "../state/switch-model";
import { fakeModel, PendingCall, settled } from "../testing/fake-emulator";
import { createStreamingSession, type StreamingSession } from "./streaming-session";

type SimulateOptions = Parameters<HardwareClient["simulate"]>[1];
type SimulateCall = PendingCall<SimulateRequest & { options: SimulateOptions }, Simulation>;

/** Leaves the simulations to the test. */
class FakeHardware {
  loads = 0;
  readonly calls: SimulateCall[] = [];

  async load() {
    this.loads++;
    return { name: "tiny", checksum: "", fromStore: true };
  }

  simulate(request: SimulateRequest, options?: SimulateOptions): Promise<Simulation> {
    const call: SimulateCall = new PendingCall({ ...request, options }, options?.signal);
    this.calls.push(call);
    return call.promise;
  }

  get newest(): SimulateCall {
    const call = this.calls.at(-1);
    if (!call) throw new Error("nothing is simulated");
    return call;
  }
}

let hardware: FakeHardware;
let store: AppStore;
let session: StreamingSession;

beforeEach(() => {
  hardware = new FakeHardware();
  store = createAppStore();
  session = createStreamingSession({ client: hardware, store, manifestUrl: "m", restMs: 1 });
});

const design = (maxCycles = 100_000): FoldedDesign => ({
  board: "U250",
  config: emptyFolding,
  report: { board: "U250", performance: { maxCycles } } as FoldingReport,
});

const trace = (from: number, bins: number, resolution: number): Trace => ({
  from,
  bins,
  resolution,
  machines: [],
  streams: [],
});

/** Frames come in every `interval` cycles. */
function simulation(frames: number, window: Trace | null = null, interval = 100): Simulation {
  const times = Array.from({ length: frames }, (_, i) => ({
    firstIn: interval * i,
    lastIn: interval * (i + 1) - 1,
    firstOut: interval * (i + 1.9),
    lastOut: interval * (i + 2) - 1,
  }));
  return {
    cycles: interval * (frames + 1),
    frames: times,
    steady: null,
    deadlock: null,
    machines: [],
    streams: [],
    trace: window ?? trace(0, 2, 256),
  };
}

async function show(shown: FoldedDesign): Promise<void> {
  store.getState().adoptFolding("a folding", shown);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const streaming = () => store.getState().streaming;

test("nothing is simulated until someone looks", async () => {
  await show(design());
  expect(hardware.calls).toHaveLength(0);
  session.follow();
  await settled();
  expect(hardware.calls).toHaveLength(1);
});

test("a few frames come first, then as many as it takes, with progress", async () => {
  session.follow();
  const shown = design();
  await show(shown);
  expect(hardware.newest.request).toMatchObject({ frames: 3, board: "U250", trace: { resolution: 256 } });
  expect(store.getState().simulating).toBe(0);
  const few = simulation(3);
  await hardware.newest.answer(few);
  expect(streaming()).toEqual({ design: shown, simulation: few });
  expect(hardware.newest.request.frames).toBe("until-steady");
  hardware.newest.request.options?.onProgress?.(0.5);
  expect(store.getState().simulating).toBe(0.5);
  const many = simulation(9);
  await hardware.newest.answer(many);
  expect(streaming()?.simulation).toBe(many);
  expect(store.getState().simulating).toBeNull();
});

test("a cycle that a link asks for is kept until there is a simulation long enough", async () => {
  store.getState().setCycle(700);
  session.follow();
  await show(design());
  await hardware.newest.answer(simulation(3));
  expect(streaming()).toBeNull();
  await hardware.newest.answer(simulation(9));
  expect(store.getState().cycle).toBe(700);
});

test("a slower design has longer bins", async () => {
  session.follow();
  await show(design(1_600_000));
  expect(hardware.newest.request.trace).toEqual({ resolution: 4096 });
});

test("of several edits in a row the newest is simulated; the result before stays meanwhile", async () => {
  session.follow();
  const first = design();
  await show(first);
  await hardware.newest.answer(simulation(3));
  const given = hardware.newest;
  store.getState().adoptFolding("one", design());
  const newest = design();
  await show(newest);
  expect(given.signal?.aborted).toBe(true);
  expect(streaming()?.design).toBe(first);
  expect(hardware.calls).toHaveLength(3);
  await hardware.newest.answer(simulation(3));
  await hardware.newest.answer(simulation(9));
  expect(streaming()?.design).toBe(newest);
  expect(store.getState().streamingFailure).toBeNull();
});

test("when the last who looks leaves, what is under way is finished, and nothing more is begun", async () => {
  const leave = [session.follow(), session.follow()];
  await show(design());
  leave[0]?.();
  leave[0]?.();
  leave[1]?.();
  expect(hardware.newest.signal?.aborted).toBe(false);
  await hardware.newest.answer(simulation(3));
  await hardware.newest.answer(simulation(9));
  expect(streaming()?.simulation.cycles).toBe(simulation(9).cycles);
  expect(store.getState().simulating).toBeNull();
  await show(design());
  expect(hardware.calls).toHaveLength(2);
  session.follow();
  await settled();
  expect(hardware.calls).toHaveLength(3);
});

test("what is under way for a design that is gone is given up, also while nobody looks", async () => {
  const leave = session.follow();
  await show(design());
  leave();
  await show(design());
  expect(hardware.calls[0]?.signal?.aborted).toBe(true);
  expect(hardware.calls).toHaveLength(1);
});

test("who comes back while it is under way finds it going on", async () => {
  const leave = session.follow();
  await show(design());
  leave();
  session.follow();
  await settled();
  expect(hardware.calls).toHaveLength(1);
  expect(hardware.newest.signal?.aborted).toBe(false);
});

test("what is there is not simulated again by who comes back", async () => {
  const leave = session.follow();
  await show(design());
  await hardware.newest.answer(simulation(3));
  await hardware.newest.answer(simulation(9));
  leave();
  session.follow();
  await settled();
  expect(hardware.calls).toHaveLength(2);
});

test("a failure is a sentence, and it can be tried again", async () => {
  session.follow();
  await show(design());
  await hardware.newest.fail("bad-input");
  expect(store.getState().streamingFailure).toBe("It went wrong: bad-input.");
  expect(store.getState().simulating).toBeNull();
  session.retry();
  await settled();
  expect(store.getState().streamingFailure).toBeNull();
  await hardware.newest.answer(simulation(3));
  expect(store.getState().streamingFailure).toBeNull();
});

test("a lost worker is replaced and the work done again, once, with a word", async () => {
  session.follow();
  await show(design());
  const { loads } = hardware;
  await hardware.newest.fail("worker-lost");
  expect(hardware.loads).toBe(loads + 1);
  await hardware.newest.answer(simulation(3));
  expect(streaming()).not.toBeNull();
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    "The hardware model stopped unexpectedly and was started again. Nothing was lost.",
  ]);
});

test("a worker that is lost twice is a failure", async () => {
  session.follow();
  await show(design());
  await hardware.newest.fail("worker-lost");
  await hardware.newest.fail("worker-lost");
  expect(store.getState().streamingFailure).toBe("It went wrong: worker-lost.");
});

/** With nine frames on screen. */
async function simulated(): Promise<FoldedDesign> {
  session.follow();
  const shown = design();
  await show(shown);
  await hardware.newest.answer(simulation(3));
  await hardware.newest.answer(simulation(9));
  return shown;
}

test("single cycles are simulated with as many frames as have come in by then", async () => {
  const shown = await simulated();
  void session.fine(150, 250);
  await settled();
  expect(hardware.newest.request).toMatchObject({
    frames: 3,
    trace: { from: 150, to: 250, resolution: 1 },
  });
  const window = trace(150, 100, 1);
  await hardware.newest.answer(simulation(3, window));
  expect(store.getState().fineTrace).toEqual({ design: shown, trace: window });
});

test("single cycles that are there, or on their way, are not asked for again", async () => {
  await simulated();
  void session.fine(100, 200);
  await settled();
  const { length } = hardware.calls;
  void session.fine(100, 200);
  await hardware.newest.answer(simulation(2, trace(100, 100, 1)));
  await session.fine(120, 180);
  expect(hardware.calls).toHaveLength(length);
});

test("who asks for single cycles that are on their way waits for them", async () => {
  await simulated();
  void session.fine(100, 200);
  const second = session.fine(100, 200).then(() => store.getState().fineTrace?.trace.from);
  await settled();
  await hardware.newest.answer(simulation(2, trace(100, 100, 1)));
  expect(await second).toBe(100);
});

test("a new simulation does not stop what plays, a failure does", async () => {
  await simulated();
  store.getState().setPlaying(true);
  await show(design());
  expect(store.getState().playing).toBe(true);
  await hardware.newest.fail("bad-input");
  expect(store.getState().playing).toBe(false);
});

test("of single cycles the newest are wanted, and those of an older design are dropped", async () => {
  await simulated();
  void session.fine(100, 200);
  await settled();
  const first = hardware.newest;
  void session.fine(300, 400);
  await settled();
  expect(first.signal?.aborted).toBe(true);
  const second = hardware.newest;
  await show(design());
  expect(second.signal?.aborted).toBe(true);
  await second.answer(simulation(4, trace(300, 100, 1)));
  expect(store.getState().fineTrace).toBeNull();
});

test("more frames of the same design leave the single cycles in place", async () => {
  session.follow();
  await show(design());
  await hardware.newest.answer(simulation(3));
  const longer = hardware.newest;
  void session.fine(0, 50);
  await settled();
  await hardware.newest.answer(simulation(1, trace(0, 50, 1)));
  await longer.answer(simulation(9));
  expect(store.getState().fineTrace?.trace.bins).toBe(50);
});

test("before there is a simulation, there are no single cycles", async () => {
  await session.fine(0, 10);
  expect(hardware.calls).toHaveLength(0);
});

test("a new folding goes on at the same place in the same frame, as soon as there is that frame", async () => {
  await simulated();
  store.getState().setCycle(250);
  await show(design());
  await hardware.newest.answer(simulation(3, null, 1000));
  expect(store.getState().cycle).toBe(2500);
  await hardware.newest.answer(simulation(9, null, 1000));
  expect(store.getState().cycle).toBe(2500);

  store.getState().setCycle(4500);
  await show(design());
  await hardware.newest.answer(simulation(3));
  expect(store.getState().cycle).toBe(4500);
  await hardware.newest.answer(simulation(9));
  expect(store.getState().cycle).toBe(450);
});

test("a frame that the new simulation does not have gives way to its newest", async () => {
  await simulated();
  store.getState().setCycle(850);
  await show(design());
  await hardware.newest.answer(simulation(3));
  await hardware.newest.answer(simulation(5));
  expect(store.getState().cycle).toBe(400);
});

test("the cycle that comes with the folding of a link is that cycle of its simulation", async () => {
  await simulated();
  store.getState().setWantedFolding({ board: "U250", differences: "x" });
  store.getState().setCycle(250);
  await show(design());
  store.getState().setWantedFolding(null);
  await hardware.newest.fail("worker-lost");
  await hardware.newest.fail("worker-lost");
  session.retry();
  await settled();
  await hardware.newest.answer(simulation(3, null, 1000));
  expect(store.getState().cycle).toBe(250);
});

test("who undoes an edit before it is simulated keeps what is there", async () => {
  const shown = await simulated();
  store.getState().adoptFolding("an edit", design());
  expect(store.getState().simulating).toBe(0);
  store.getState().undoFolding();
  await settled();
  expect(store.getState().simulating).toBeNull();
  expect(hardware.calls).toHaveLength(2);
  expect(streaming()).toMatchObject({ design: shown, simulation: { cycles: 1000 } });
});

test("a trace too large for memory is recorded more coarsely, and that is said once", async () => {
  session.follow();
  await show(design());
  for (let refusals = 0; refusals < 2; refusals++) await hardware.newest.fail("bad-input", { most: 1000 });
  expect(hardware.newest.request.trace).toEqual({ resolution: 4096 });
  await hardware.newest.answer(simulation(3));
  expect(hardware.newest.request).toMatchObject({ frames: "until-steady", trace: { resolution: 4096 } });
  await hardware.newest.answer(simulation(9));
  expect(streaming()?.simulation.frames).toHaveLength(9);
  expect(store.getState().streamingFailure).toBeNull();
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    "A trace of every step would be too large here: the pictures show more cycles as one.",
  ]);
});

test("what is worked out for a model that is not in use any more is given up in silence", async () => {
  session.follow();
  await show(design());
  const given = hardware.newest;
  const own: OwnModel = {
    name: "mine",
    origin: "mine.onnx",
    package: { checksum: "0", manifest: new Blob(), binary: new Blob() },
  };
  store.setState(switchedTo(own, fakeModel()));
  expect(given.signal?.aborted).toBe(true);
  await settled();
  expect(store.getState()).toMatchObject({ streaming: null, streamingFailure: null, simulating: null });
});
