import { expect, test } from "vitest";
import { cyclesOf, foldedInput, foldedOutput, resourcesOf } from "./models";
import { fold, thresholdNode } from "./testing/nodes";
import { thresholdType } from "./thresholding";

test("a beat of PE channels a cycle", () => {
  const folded = fold(thresholdNode(64, "rtl"), { PE: 4 });
  expect(foldedInput(folded)).toEqual([1, 2, 2, 16, 4]);
  expect(foldedOutput(folded)).toEqual([1, 2, 2, 16, 4]);
  expect(cyclesOf(folded)).toBe(64);
});

test("thresholds are stored in a type that holds them and every input", () => {
  const folded = fold(thresholdNode(64, "rtl"));
  if (folded.kind !== "Thresholding") throw new Error();
  expect(thresholdType(folded).name).toBe("INT11");
  const { activation } = folded.node;
  const beyond = {
    ...activation.thresholds,
    data: activation.thresholds.data.map((t) => (t === 5 ? 1024 : t)),
  };
  const wider = { ...folded, node: { ...folded.node, activation: { ...activation, thresholds: beyond } } };
  expect(thresholdType(wider).name).toBe("INT12");
});

test("RTL: a memory a bit of the output, built of what wastes least unless a trigger says", () => {
  const at = (attributes: Record<string, number>) => resourcesOf(fold(thresholdNode(64, "rtl"), attributes));
  // Stages of 64 and 128 thresholds of 11 bits, in LUTs of 64 bits.
  expect(at({})).toEqual({ lut: 11 + 22, bram18: 0, uram: 0, dsp: 0 });
  // FINN reports no block RAM for what is in block RAM.
  expect(at({ depth_trigger_bram: 64, depth_trigger_uram: 128 })).toEqual({
    lut: 0,
    bram18: 0,
    uram: 1,
    dsp: 0,
  });
  // One trigger given puts the other at 0: what is not UltraRAM is block RAM.
  expect(at({ PE: 2, depth_trigger_uram: 64 })).toEqual({ lut: 0, bram18: 0, uram: 2, dsp: 0 });
});

test("HLS: comparators and a memory as wide as the input", () => {
  const at = (attributes: Record<string, number | string>) =>
    resourcesOf(fold(thresholdNode(130, "hls"), attributes));
  expect(at({ PE: 2 })).toMatchObject({ lut: 22 + 22 * 2, bram18: 0 });
  expect(at({ PE: 2, ram_style: "block" })).toMatchObject({ lut: 22, bram18: 2 });
  expect(at({ PE: 130 }).lut).toBe(1430);
});
