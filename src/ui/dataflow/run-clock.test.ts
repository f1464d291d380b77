import { beforeEach, expect, test } from "vitest";
import type { Simulation } from "../../simulator/result";
import type { FoldedDesign } from "../state/folding-slice";
import { type AppStore, createAppStore } from "../state/store";
import { type ClockPage, runClock } from "./run-clock";

/** A display that shows a picture when the test says so. */
class FakePage extends EventTarget {
  now = 0;
  reduced = false;
  #drawn: FrameRequestCallback | null = null;

  asPage(): ClockPage {
    return {
      requestAnimationFrame: (drawn) => {
        this.#drawn = drawn;
        return 1;
      },
      cancelAnimationFrame: () => {
        this.#drawn = null;
      },
      matchMedia: () => ({ matches: this.reduced }) as MediaQueryList,
      document: this,
    };
  }

  pass(ms: number): void {
    this.now += ms;
    this.#drawn?.(this.now);
  }

  /** The browser draws no pictures of a hidden tab. */
  hide(ms: number): void {
    this.dispatchEvent(new Event("visibilitychange"));
    this.now += ms;
    this.dispatchEvent(new Event("visibilitychange"));
    this.pass(16);
  }
}

let page: FakePage;
let store: AppStore;

const design = {} as FoldedDesign;
const simulated = (cycles: number, of = design) =>
  store.getState().setStreaming({ design: of, simulation: { cycles } as Simulation });

beforeEach(() => {
  page = new FakePage();
  store = createAppStore();
  store.getState().adoptFolding("a folding", design);
  store.getState().setSpeed(1000);
  store.getState().setPlaying(true);
  simulated(100_000);
});

/** With the first picture, from which it counts. */
function run(): () => void {
  const stop = runClock(store, page.asPage());
  page.pass(0);
  return stop;
}
const cycle = () => store.getState().cycle;

test("cycles pass with time times speed, fractions kept, until it is stopped", () => {
  store.getState().setSpeed(50);
  const stop = run();
  for (let i = 0; i < 50; i++) page.pass(10);
  expect(cycle()).toBe(25);
  stop();
  page.pass(10);
  expect(cycle()).toBe(25);
});

test("a tab that was hidden for an hour goes on from where it was", () => {
  run();
  page.pass(50);
  page.hide(3_600_000);
  expect(cycle()).toBe(50);
  page.pass(50);
  expect(cycle()).toBe(100);
});

test("a computer that stood still does not jump, though the tab was never hidden", () => {
  run();
  page.pass(3_600_000);
  expect(cycle()).toBe(100);
});

test("who moves the cycle while it plays has it go on from there", () => {
  run();
  page.pass(20);
  store.getState().setCycle(5000);
  page.pass(20);
  expect(cycle()).toBe(5020);
});

test("it stops at the end, but waits there for more frames that are under way", () => {
  simulated(40);
  store.getState().setSimulating(0.5);
  run();
  page.pass(90);
  expect(store.getState()).toMatchObject({ cycle: 39, playing: true });
  simulated(100);
  store.getState().setSimulating(null);
  page.pass(10);
  expect(cycle()).toBe(49);
  page.pass(90);
  expect(store.getState()).toMatchObject({ cycle: 99, playing: false });
});

test("a picture out of date is held until the new one is there, and goes on without a jump", () => {
  run();
  page.pass(20);
  const next = {} as FoldedDesign;
  store.getState().adoptFolding("an edit", next);
  store.getState().setSimulating(0.1);
  page.pass(90);
  expect(store.getState()).toMatchObject({ cycle: 20, playing: true });
  simulated(100_000, next);
  page.pass(20);
  expect(cycle()).toBe(40);
});

test("when the new one cannot be had, the one before can be played", () => {
  run();
  store.getState().adoptFolding("an edit", {} as FoldedDesign);
  store.getState().setStreamingFailure("It went wrong.");
  store.getState().setPlaying(true);
  page.pass(30);
  expect(cycle()).toBe(30);
});

test("before there is a simulation, the cycle of a link stays", () => {
  store = createAppStore();
  store.getState().setCycle(700);
  store.getState().setPlaying(true);
  run();
  page.pass(50);
  expect(cycle()).toBe(700);
});

test("with reduced motion it goes in steps", () => {
  page.reduced = true;
  run();
  page.pass(600);
  expect(cycle()).toBe(0);
  page.pass(200);
  expect(cycle()).toBe(700);
});
