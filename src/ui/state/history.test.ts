import * as fc from "fast-check";
import { expect, test } from "vitest";
import { begin, type History, present, redo, redoable, step, undo, undoable } from "./history";

test("undo and redo walk the steps and name them", () => {
  const history = step(step(begin("start", 0), "one", 1), "two", 2);
  expect(undoable(history)).toBe("two");
  expect(redoable(history)).toBeNull();
  const back = undo(history);
  expect([present(back), undoable(back), redoable(back)]).toEqual([1, "one", "two"]);
  expect(redo(back)).toEqual(history);
  const start = undo(undo(back));
  expect([present(start), undoable(start), redoable(start)]).toEqual([0, null, "one"]);
});

test("a new step gives up what was undone", () => {
  const history = step(undo(step(begin("start", 0), "one", 1)), "two", 2);
  expect([present(history), undoable(history), redoable(history)]).toEqual([2, "two", null]);
  expect(present(undo(history))).toBe(0);
});

test("the oldest steps go first", () => {
  let history = begin("start", 0);
  for (let i = 1; i <= 500; i++) history = step(history, "more", i);
  expect(present(history)).toBe(500);
  for (let i = 0; i < 500; i++) history = undo(history);
  expect(present(history)).toBe(301);
});

test("whatever one does, undo and redo are each other's opposite", () => {
  const moves: Record<string, (history: History<number>) => History<number>> = {
    step: (history) => step(history, "more", present(history) + 1),
    undo,
    redo,
  };
  fc.assert(
    fc.property(fc.array(fc.constantFrom("step", "undo", "redo"), { maxLength: 30 }), (names) => {
      const history = names.reduce((now, name) => moves[name]?.(now) ?? now, begin("start", 0));
      if (undoable(history) !== null) expect(redo(undo(history))).toEqual(history);
      if (redoable(history) !== null) expect(undo(redo(history))).toEqual(history);
    }),
  );
});
