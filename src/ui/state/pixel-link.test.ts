import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pixelText, readPixel } from "./pixel-link";

test("a pixel survives a link", () => {
  const pixels = fc.record({
    node: fc.constantFrom(null, "MVAU_hls_3", "ConvolutionInputGenerator_rtl_14"),
    row: fc.nat(99_999),
    column: fc.nat(99_999),
  });
  fc.assert(
    fc.property(pixels, (pixel) => {
      expect(readPixel(pixelText(pixel))).toEqual(pixel);
    }),
  );
  expect(pixelText({ node: null, row: 0, column: 223 })).toBe("input.0.223");
});

test.each(["", "10.12", "MVAU_hls_3.10", "MVAU_hls_3.-1.2", "a b.1.2", "x.1e3.2", "x.1.2.3"])(
  "%j is no pixel",
  (text) => expect(readPixel(text)).toBeNull(),
);
