import * as fc from "fast-check";
import { expect, test } from "vitest";
import { closest, opening, panBy, reveal, toMap, wholeOf, zoomAt } from "./viewport";

const map = { width: 1400, height: 400 };
const wide = { width: 1200, height: 360 };
const phone = { width: 330, height: 320 };

test("all of the map is in the middle of the screen", () => {
  const view = wholeOf(map, wide);
  expect(view.zoom).toBeCloseTo(1200 / 1400);
  expect(toMap(view, [600, 180])[0]).toBeCloseTo(700);
  expect(toMap(view, [600, 180])[1]).toBeCloseTo(200);
});

test("on a phone one begins with the beginning in a readable size", () => {
  expect(opening(map, wide)).toEqual(wholeOf(map, wide));
  expect(opening(map, phone)).toMatchObject({ left: 0, zoom: 0.8 });
});

test("what is under the pointer stays there while it zooms in", () => {
  const view = opening(map, phone);
  const near = zoomAt(view, 2, [200, 160], map, phone);
  expect(near.zoom).toBeCloseTo(1.6);
  expect(toMap(near, [200, 160])[0]).toBeCloseTo(toMap(view, [200, 160])[0]);
});

test("however one moves, the map is never lost from sight", () => {
  const move = fc.oneof(
    fc.record({ dx: fc.integer({ min: -3000, max: 3000 }), dy: fc.integer({ min: -3000, max: 3000 }) }),
    fc.record({ factor: fc.double({ min: 0.1, max: 10, noNaN: true }), x: fc.nat(330), y: fc.nat(320) }),
  );
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      let view = opening(map, phone);
      for (const to of moves) {
        view =
          "dx" in to
            ? panBy(view, to.dx, to.dy, map, phone)
            : zoomAt(view, to.factor, [to.x, to.y], map, phone);
      }
      expect(view.zoom).toBeLessThanOrEqual(closest);
      const [x, y] = toMap(view, [phone.width / 2, phone.height / 2]);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(map.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(map.height);
    }),
  );
});

test("a machine out of sight is brought into it, one in sight moves nothing", () => {
  const view = opening(map, phone);
  const box = { x: 1000, y: 100, width: 60, height: 30 };
  const [right] = toMap(reveal(view, box, map, phone), [phone.width, 0]);
  expect(right).toBeGreaterThanOrEqual(box.x + box.width);
  expect(reveal(view, { ...box, x: 100 }, map, phone)).toEqual(view);
});
