import { expect, test } from "vitest";
import { createAppStore } from "./store";
import { keepTheme } from "./stored-theme";

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
  keepTheme(first, () => storage);
  expect(first.getState().theme).toBe("system");
  first.getState().setTheme("dark");
  const second = createAppStore();
  keepTheme(second, () => storage);
  expect(second.getState().theme).toBe("dark");
});

test("nonsense in the store means the system's theme", () => {
  const store = createAppStore();
  keepTheme(store, () => memory({ "streamscope-theme": "plaid" }));
  expect(store.getState().theme).toBe("system");
});

test("a closed store is done without", () => {
  const store = createAppStore();
  keepTheme(store, () => {
    throw new Error("denied");
  });
  store.getState().setTheme("light");
  expect(store.getState().theme).toBe("light");
});
