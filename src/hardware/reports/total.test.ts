import { expect, test } from "vitest";
import { withTotal } from "./total";

test("amounts add up, efficiencies do not, nodes stay as they are", () => {
  const report = { a: { LUT: 3, BRAM_efficiency: 0.5 }, b: {}, c: { LUT: 4, DSP: 1 } };
  expect(withTotal(report)).toEqual({ ...report, total: { LUT: 7, DSP: 1 } });
  expect(withTotal({})).toEqual({ total: {} });
});
