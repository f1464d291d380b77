import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatFps,
  formatInteger,
  formatMs,
  formatShape,
  formatShare,
} from "./format";

describe("figures", () => {
  test.each([
    [0.844, "0.84 ms"],
    [9.996, "10.0 ms"],
    [12.34, "12.3 ms"],
    [99.96, "100 ms"],
    [1312.4, "1,312 ms"],
    [12_400, "12.4 s"],
  ])("%d ms", (value, text) => expect(formatMs(value)).toBe(text));

  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [39_514, "39.5 kB"],
    [999_960, "1.0 MB"],
    [2_104_976, "2.1 MB"],
  ])("%d bytes", (value, text) => expect(formatBytes(value)).toBe(text));

  test.each([
    [0, "0"],
    [9_216, "9,216"],
    [394_272, "394.3 k"],
    [999_999, "1.0 M"],
    [568_026_752, "568.0 M"],
  ])("count %d", (value, text) => expect(formatCount(value)).toBe(text));

  test("integers carry a true minus sign", () => {
    expect(formatInteger(-1204)).toBe("−1,204");
    expect(formatInteger(0)).toBe("0");
  });

  test("shares", () => expect(formatShare(0.4312)).toBe("43.1 %"));

  test.each([
    [3006.012, "3,006 fps"],
    [99.96, "100 fps"],
    [3.604, "3.6 fps"],
  ])("%d frames a second", (value, text) => expect(formatFps(value)).toBe(text));

  test("shapes go without the batch", () => {
    expect(formatShape([1, 111, 111, 32])).toBe("111 × 111 × 32");
    expect(formatShape([1, 1000])).toBe("1000");
    expect(formatShape([5])).toBe("5");
  });
});
