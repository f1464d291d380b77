import { expect, test } from "vitest";
import { TimedSide } from "./timed-side";

function recorded(side: TimedSide, ...cycles: number[]) {
  for (const cycle of cycles) side.record(cycle);
  const { leastShift, mostShift, strayed } = side;
  return { cycles: [...side.cycles], leastShift, mostShift, strayed };
}

test("how much later than in the frame before, and which no longer by the watched shift", () => {
  const side = new TimedSide(3);
  recorded(side, 0, 1, 5);
  expect(recorded(side, 10, 13, 15)).toMatchObject({ cycles: [10, 13, 15], leastShift: 10, mostShift: 12 });
  side.watched = 10;
  expect(recorded(side, 20, 22, 26)).toEqual({
    cycles: [20, 22, 26],
    leastShift: 9,
    mostShift: 11,
    strayed: 1,
  });
  side.watched = 11;
  expect(recorded(side, 31, 33, 37)).toEqual({
    cycles: [31, 33, 37],
    leastShift: 11,
    mostShift: 11,
    strayed: 0,
  });
});
