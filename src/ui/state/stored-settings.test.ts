import { expect, test } from "vitest";
import { createAppStore } from "./store";
import { keepSettings } from "./stored-settings";

/** A store in memory; `Storage` as far as it is used. */
function memory(initial: Record<string, string> = {}): Storage {
  const entries = new Map(Object.entries(initial));
  return {
    length: 0,
    clear: () => entries.clear(),
    key: () => null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

test("a chosen theme is there on the next visit", () => {
  const storage = memory();
  const first = createAppStore();
  keepSettings(first, () => storage);
  expect(first.getState().theme).toBe("system");
  first.getState().setTheme("dark");
  const second = createAppStore();
  keepSettings(second, () => storage);
  expect(second.getState().theme).toBe("dark");
});

test("single keys that were turned off stay off", () => {
  const storage = memory();
  const first = createAppStore();
  keepSettings(first, () => storage);
  expect(first.getState().singleKeys).toBe(true);
  first.getState().setSingleKeys(false);
  const second = createAppStore();
  keepSettings(second, () => storage);
  expect(second.getState().singleKeys).toBe(false);
});

test("a tour that was left is there on the next visit, and one that ended is not", () => {
  const storage = memory();
  const first = createAppStore();
  keepSettings(first, () => storage);
  expect(first.getState().tourLeft).toBeNull();
  first.getState().goToTourStep(4);
  first.getState().leaveTour();
  const second = createAppStore();
  keepSettings(second, () => storage);
  expect(second.getState()).toMatchObject({ tourStep: null, tourLeft: 4 });
  second.getState().finishTour();
  const third = createAppStore();
  keepSettings(third, () => storage);
  expect(third.getState().tourLeft).toBeNull();
});

test("nonsense in the store means the system's theme", () => {
  const store = createAppStore();
  keepSettings(store, () => memory({ "streamscope-theme": "plaid" }));
  expect(store.getState().theme).toBe("system");
});

test("a closed store is done without", () => {
  const store = createAppStore();
  keepSettings(store, () => {
    throw new Error("denied");
  });
  store.getState().setTheme("light");
  expect(store.getState().theme).toBe("light");
});
