import { expect, test } from "vitest";
import { createAppStore } from "./store";
import { tourLength } from "./tour-slice";

const begun = (step: number) => {
  const store = createAppStore();
  store.getState().goToTourStep(step);
  return store;
};

test("a tour that was left goes on where it was", () => {
  const store = begun(4);
  expect(store.getState()).toMatchObject({ tourStep: 4, tourLeft: 4 });
  store.getState().leaveTour();
  expect(store.getState()).toMatchObject({ tourStep: null, tourLeft: 4 });
});

test("a tour that came to its end begins anew", () => {
  const store = begun(tourLength);
  store.getState().finishTour();
  expect(store.getState()).toMatchObject({ tourStep: null, tourLeft: null });
});

test("what was tried counts for its own step only", () => {
  const store = begun(2);
  store.getState().setTourTried();
  store.getState().goToTourStep(3);
  expect(store.getState().tourTried).toBe(false);
});

test("there is no step before the first or after the last", () => {
  expect(begun(-3).getState().tourStep).toBe(1);
  expect(begun(99).getState().tourStep).toBe(tourLength);
});
