import { expect, test } from "vitest";
import { badRecord, doneRecord, runHeader } from "../testing/fake-run";
import { progressOf } from "./progress";
import { Tallier } from "./tally";

function progress(images: number, perSecond: number | null) {
  const tallier = new Tallier();
  tallier.add(doneRecord("a", [1]), undefined);
  tallier.add(badRecord("b", "broken"), undefined);
  tallier.add(badRecord("c", "missing"), undefined);
  return progressOf({
    header: runHeader({ set: { name: "photos", images, ignored: 0 } }),
    phase: "running",
    halt: null,
    hasFolder: true,
    tally: tallier.snapshot(),
    perSecond,
    endpoints: [],
    isKept: true,
    records: new Map(),
  });
}

test("every file that is through counts; time left only where a pace was measured", () => {
  expect(progress(6, null)).toEqual({ share: 0.5, amount: "3 of 6 pictures", pace: null, toRetry: 1 });
  expect(progress(6, 0.5).pace).toBe("0.5 images/s, about 6 s left");
  expect(progress(6, 12.345).pace).toBe("12.3 images/s, under 1 s left");
  expect(progress(1203, 10).pace).toBe("10 images/s, about 2 min left");
  expect(progress(50_003, 4).pace).toBe("4 images/s, about 3 h 28 min left");
});
