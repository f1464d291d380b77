import { expect, test } from "vitest";
import { Ring } from "./ring";

test("holds the last values by number, as many as a power of two", () => {
  const ring = new Ring(3);
  expect(ring.size).toBe(4);
  for (let number = 0; number < 10; number++) ring.set(number, 100 + number);
  expect([6, 7, 8, 9].map((number) => ring.get(number))).toEqual([106, 107, 108, 109]);
  expect(new Ring(0).size).toBe(1);
  expect(new Ring(8).size).toBe(8);
});

test("grows to twice the size and keeps what it held", () => {
  const ring = new Ring(4);
  for (let number = 0; number < 7; number++) ring.set(number, 100 + number);
  ring.grow(7);
  expect(ring.size).toBe(8);
  for (let number = 7; number < 11; number++) ring.set(number, 100 + number);
  for (let number = 3; number < 11; number++) expect(ring.get(number)).toBe(100 + number);
});
