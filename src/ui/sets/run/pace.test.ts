import { expect, test } from "vitest";
import { Pace } from "./pace";

test("images a second over the last samples; nothing while none came", () => {
  const pace = new Pace();
  expect(pace.perSecond()).toBeNull();
  pace.sample(0, 0);
  pace.sample(250, 0);
  expect(pace.perSecond()).toBeNull();
  pace.sample(500, 10);
  expect(pace.perSecond()).toBe(20);
  // What was long ago no longer counts.
  for (let i = 1; i <= 60; i++) pace.sample(500 + i * 1000, 10 + i * 3);
  expect(pace.perSecond()).toBe(3);
});
