import { createStore, set } from "idb-keyval";
import { expect, test } from "vitest";
import { browserChoiceStore } from "./choice-store";

test("a choice is remembered by package; what is not a choice is as good as none", async () => {
  const store = browserChoiceStore();
  expect(await store.get("a")).toBeNull();
  await store.put("a", { adapter: "gpu", variant: "dot4" });
  expect(await store.get("a")).toEqual({ adapter: "gpu", variant: "dot4" });
  await set("b", "dot4", createStore("streamscope-choices", "choices"));
  expect(await store.get("b")).toBeNull();
});
