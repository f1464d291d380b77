import { expect, test, vi } from "vitest";
import { hearPress } from "./hear-press";
import { everywhere, type KeyBinding, type KeyGroup, KeyRegistry } from "./key-registry";

const element = (name: string) => ({ name }) as unknown as Element;
const group = (name: string, bindings: readonly KeyBinding[], within: Element | null = null): KeyGroup => ({
  name,
  bindings: () => bindings,
  within: within && { current: within },
});
const press = (key: string) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
});
const hearing = { singleKeys: true, hasFocus: () => false, isOwned: () => false };
const does = (keys: string | string[], text: string): KeyBinding => ({ keys, does: text, action: vi.fn() });

test("any of several keys is heard, and no other", () => {
  const groups = [group("View", [does(["ArrowRight", "L"], "Go on")])];
  expect(hearPress(groups, press("ArrowRight"), hearing)?.binding.does).toBe("Go on");
  expect(hearPress(groups, press("l"), hearing)?.binding.does).toBe("Go on");
  expect(hearPress(groups, press("k"), hearing)).toBeUndefined();
});

test("the element in focus comes first, then the view, then the page", () => {
  const plot = element("plot");
  const groups = [
    group(everywhere, [does("1", "page")]),
    group("View", [does("1", "view")]),
    group("Plot", [does("1", "plot")], plot),
  ];
  const said = (change: Partial<typeof hearing>) =>
    hearPress(groups, press("1"), { ...hearing, ...change })?.binding.does;
  expect(said({ hasFocus: () => true })).toBe("plot");
  expect(said({})).toBe("view");
  expect(hearPress(groups.slice(0, 1), press("1"), hearing)?.binding.does).toBe("page");
});

test("keys of an element that is not there yet are not heard", () => {
  const waiting: KeyGroup = { ...group("Plot", [does("1", "plot")]), within: { current: null } };
  expect(hearPress([waiting], press("1"), { ...hearing, hasFocus: () => true })).toBeUndefined();
});

test("what the focus needs itself is not heard", () => {
  const groups = [group("View", [does("Space", "Play")])];
  expect(hearPress(groups, press(" "), { ...hearing, isOwned: () => true })).toBeUndefined();
});

test("single keys can be off; others go on", () => {
  const groups = [group("View", [does(["Space", "ArrowRight"], "Step")])];
  const off = { ...hearing, singleKeys: false };
  expect(hearPress(groups, press(" "), off)).toBeUndefined();
  expect(hearPress(groups, press("ArrowRight"), off)?.binding.does).toBe("Step");
});

test("what a widget does itself is left to it", () => {
  const groups = [group("List", [{ keys: "ArrowRight", does: "Next entry" }])];
  expect(hearPress(groups, press("ArrowRight"), hearing)).toBeUndefined();
});

test("a registry knows who is there, and tells who listens", () => {
  const registry = new KeyRegistry();
  const told = vi.fn();
  const stop = registry.subscribe(told);
  const view = group("View", [does("1", "view")]);
  const remove = registry.add(view);
  expect(registry.groups()).toEqual([view]);
  remove();
  expect(registry.groups()).toEqual([]);
  expect(told).toHaveBeenCalledTimes(2);
  stop();
  registry.add(view);
  expect(told).toHaveBeenCalledTimes(2);
});

test("keys of the browser are refused, unless it does the thing itself", () => {
  const registry = new KeyRegistry();
  expect(() => registry.add(group("View", [does("Mod+F", "Find")]))).toThrow("the browser needs");
  registry.add(group("View", [{ keys: "Mod+V", does: "Paste" }]));
  expect(registry.groups()).toHaveLength(1);
});
