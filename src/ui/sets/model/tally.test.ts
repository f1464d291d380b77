import fc from "fast-check";
import { expect, test } from "vitest";
import { badRecord, doneRecord } from "../testing/fake-run";
import { Tallier } from "./tally";

test("counts who was right, who agreed, and what was left out", () => {
  const tallier = new Tallier();
  tallier.add(doneRecord("right", [1, 2, 3, 4, 5], [1, 2, 3, 5, 4]), 1);
  tallier.add(doneRecord("among five", [9, 2, 3, 4, 5], [1, 2, 3, 4, 5]), 5);
  tallier.add(doneRecord("wrong", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), 6);
  tallier.add(doneRecord("no label", [1, 2, 3, 4, 5], [2, 1, 3, 4, 5]), undefined);
  tallier.add(badRecord("broken", "broken"), 1);
  tallier.add(badRecord("broken without label", "broken"), undefined);
  // One side answered: it is in no share, so that both sides' shares are of the same pictures.
  tallier.add({ ...doneRecord("half", [6]), status: "failed" }, 6);
  expect(tallier.snapshot()).toEqual({
    files: { done: 4, broken: 2, missing: 0, failed: 1 },
    labelledUnanswered: 2,
    emulator: { answered: 4, labelled: 3, top1: 1, top5: 2 },
    endpoint: { answered: 4, labelled: 3, top1: 1, top5: 2 },
    agreement: { both: 4, sameFirst: 2, sameSet: 3, sameOrder: 1 },
  });
});

test("what is removed again was never there", () => {
  const top = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 });
  const entry = fc.tuple(
    top,
    fc.option(top, { nil: undefined }),
    fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
  );
  fc.assert(
    fc.property(fc.array(entry), fc.array(entry), (kept, replaced) => {
      const direct = new Tallier();
      const detour = new Tallier();
      const record = ([emulator, endpoint]: (typeof kept)[number]) => doneRecord("x", emulator, endpoint);
      for (const each of replaced) detour.add(record(each), each[2]);
      for (const each of kept) for (const tallier of [direct, detour]) tallier.add(record(each), each[2]);
      for (const each of replaced) detour.remove(record(each), each[2]);
      expect(detour.snapshot()).toEqual(direct.snapshot());
    }),
  );
});
