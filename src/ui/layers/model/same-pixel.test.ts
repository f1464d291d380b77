import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shippedGraph } from "../../../hardware/testing/shipped-graph";
import { axisField, axisSteps } from "./receptive-field";
import { centres, samePixel } from "./same-pixel";
import { layersOfGraph } from "./testing/layers-of-graph";

const layers = layersOfGraph(shippedGraph());
const at = (title: string) => layers.findIndex((layer) => layer.title === title);

test("the first convolution's pixel looks at the middle of its 3x3 window", () => {
  expect(samePixel(layers, at("MVAU_hls_0"), 0, { row: 10, column: 0 })).toEqual({ row: 21, column: 1 });
  expect(samePixel(layers, 0, at("MVAU_hls_0"), { row: 21, column: 1 })).toEqual({ row: 10, column: 0 });
});

test("a padding shifts positions by its border", () => {
  const [mvau, pad] = [at("MVAU_hls_0"), at("FMPadding_rtl_0")];
  expect(samePixel(layers, mvau, pad, { row: 0, column: 110 })).toEqual({ row: 1, column: 111 });
  expect(samePixel(layers, pad, mvau, { row: 0, column: 112 })).toEqual({ row: 0, column: 110 });
});

test("everything leads to the one pixel of the classifier", () => {
  expect(samePixel(layers, 0, at("MVAU_rtl_0"), { row: 200, column: 3 })).toEqual({ row: 0, column: 0 });
});

const anyPixel = fc.record({
  index: fc.integer({ min: 0, max: layers.length - 1 }),
  place: fc.tuple(
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
  ),
});

test("the middle is the receptive field's, and a layer's own pixel stays", () => {
  fc.assert(
    fc.property(anyPixel, ({ index, place: [down, across] }) => {
      const { height, width } = layers[index]!;
      const pixel = { row: Math.floor(down * height), column: Math.floor(across * width) };
      expect(samePixel(layers, index, index, pixel)).toEqual(pixel);
      const steps = axisSteps(layers, index, "rows");
      const { full } = axisField(steps, pixel.row);
      const { start, jump } = centres(steps);
      expect(start + pixel.row * jump).toBe((full.first + full.last) / 2);
    }),
  );
});

test("to any layer, and inside it", () => {
  fc.assert(
    fc.property(anyPixel, fc.nat(layers.length - 1), ({ index, place: [down, across] }, to) => {
      const { height, width } = layers[index]!;
      const pixel = { row: Math.floor(down * height), column: Math.floor(across * width) };
      const { row, column } = samePixel(layers, index, to, pixel);
      expect(row).toBeGreaterThanOrEqual(0);
      expect(row).toBeLessThan(layers[to]!.height);
      expect(column).toBeGreaterThanOrEqual(0);
      expect(column).toBeLessThan(layers[to]!.width);
    }),
  );
});
