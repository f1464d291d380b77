import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type FrameSample, framesPerSecond, LiveMeter, median, medianLength } from "./live-meter";

const sample = (change: Partial<FrameSample> = {}): FrameSample => ({
  capture: 10,
  resize: 5,
  emulate: 20,
  fromLight: true,
  given: 1,
  answeredAt: 0,
  ...change,
});

const times = fc.double({ min: 0, max: 1e6, noNaN: true });

test("half of the values lie on either side of the median, whatever their order", () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1 }), (values) => {
      const middle = median(values) ?? Number.NaN;
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(median(values.toReversed())).toBe(middle);
    }),
  );
  expect(median([])).toBeNull();
});

test("even steps give their own rate", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 2000 }), (count, stepMs) => {
      const even = Array.from({ length: count }, (_, i) => 5000 + i * stepMs);
      expect(framesPerSecond(even)).toBeCloseTo(1000 / stepMs, 6);
    }),
  );
  expect(framesPerSecond([1])).toBeNull();
});

test("one slow frame does not move the medians, and is forgotten in the end", () => {
  const meter = new LiveMeter();
  meter.add(sample({ emulate: 9000 }));
  meter.add(sample());
  expect(meter.add(sample()).medianMs).toEqual({ capture: 10, resize: 5, emulate: 20, draw: null });
  for (let i = 0; i < medianLength; i++) meter.add(sample({ emulate: 40 }));
  expect(meter.add(sample({ emulate: 40 })).medianMs.emulate).toBe(40);
});

test("what is drawn counts from the next frame on", () => {
  const meter = new LiveMeter();
  expect(meter.add(sample()).medianMs.draw).toBeNull();
  meter.startDraw()(7);
  expect(meter.add(sample()).medianMs.draw).toBe(7);
});

test("what is drawn across an interruption does not count", () => {
  const meter = new LiveMeter();
  const drawn = meter.startDraw();
  meter.interrupt();
  drawn(60_000);
  expect(meter.add(sample()).medianMs.draw).toBeNull();
  meter.startDraw()(7);
  expect(meter.add(sample()).medianMs.draw).toBe(7);
});

test("counts what the camera gave and what was taken of it; a pause is no slow frame", () => {
  const meter = new LiveMeter();
  meter.add(sample({ given: 1, answeredAt: 0 }));
  expect(meter.add(sample({ given: 7, answeredAt: 100 }))).toMatchObject({
    framesPerSecond: 10,
    given: 7,
    taken: 2,
  });
  meter.interrupt();
  expect(meter.add(sample({ answeredAt: 60_000 })).framesPerSecond).toBeNull();
  expect(meter.add(sample({ given: 999, answeredAt: 60_050 }))).toMatchObject({
    framesPerSecond: 20,
    taken: 4,
  });
});
