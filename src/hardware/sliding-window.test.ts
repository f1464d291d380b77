import { expect, test } from "vitest";
import { cyclesOf, foldedOutput, outputWidthBits, resourcesOf } from "./models";
import { bufferDepth, wordsBeforeFirstWindow } from "./sliding-window";
import { fold, windowNode } from "./testing/nodes";

const map = { height: 10, width: 12 };

test("a window word by word: whole once two rows and a bit are in", () => {
  const folded = fold(windowNode(map, [3, 3]), { SIMD: 4 });
  if (folded.kind !== "ConvolutionInputGenerator") throw new Error();
  // Two rows of 12, two columns and the last pixel, two words each.
  expect(wordsBeforeFirstWindow(folded)).toBe((2 * 12 + 2 + 1) * 2);
  expect(bufferDepth(folded)).toBe(wordsBeforeFirstWindow(folded));
  expect(foldedOutput(folded)).toEqual([1, 8, 10, 18, 4]);
  expect(cyclesOf(folded)).toBe(54 + 8 * (10 * 9 * 2));
});

test("with a stride the buffer reads on, and reading can be what takes the time", () => {
  const folded = fold(windowNode({ height: 66, width: 66 }, [2, 2], { stride: 8 }), { SIMD: 8 });
  if (folded.kind !== "ConvolutionInputGenerator") throw new Error();
  const whole = 66 + 1 + 1;
  // Seven columns and seven rows further, less what the four beats of a window let in meanwhile.
  expect(bufferDepth(folded)).toBe(whole + (7 - 4) + (7 * 66 - 4));
  expect(cyclesOf(folded)).toBe(whole + 9 * (8 * 66));
});

test("a whole window a beat takes as long as the map comes in", () => {
  const folded = fold(windowNode(map, [3, 3], { depthwise: true }), {
    SIMD: 2,
    parallel_window: 1,
    ram_style: "block",
  });
  expect(foldedOutput(folded)).toEqual([1, 8, 10, 4, 18]);
  expect(outputWidthBits(folded)).toBe(72);
  expect(cyclesOf(folded)).toBe(10 * 12 * 4 + 2);
  // Two lines of 9 words of 8 bits; the window itself is registers.
  expect(resourcesOf(folded)).toEqual({ lut: 300, bram18: 2, uram: 0, dsp: 0 });
});

test("one row is FINN's 1-D case, whichever way it lies", () => {
  const lying = fold(windowNode({ height: 1, width: 20 }, [1, 3], { depthwise: true, stride: 2 }), {
    SIMD: 4,
  });
  const standing = fold(windowNode({ height: 20, width: 1 }, [3, 1], { depthwise: true, stride: 2 }), {
    SIMD: 4,
  });
  // Nine outputs of three words in two folds.
  expect(cyclesOf(lying)).toBe(9 * 3 * 2 + 2 * 2 * 1 - 2 + 2);
  expect(cyclesOf(standing)).toBe(cyclesOf(lying));
  const plain = fold(windowNode({ height: 1, width: 20 }, [1, 3]), { SIMD: 4 });
  expect(cyclesOf(plain)).toBe(18 * 3 * 2 + 2);
});

test("HLS fills three rows first and keeps kernel + stride lines", () => {
  const attributes = { SIMD: 8, ram_style: "block" };
  const folded = fold(windowNode(map, [3, 3], { impl: "hls" }), attributes);
  expect(cyclesOf(folded)).toBe(12 * 3 + 8 * 10 * 9);
  expect(resourcesOf(folded)).toEqual({ lut: 300, bram18: 4, uram: 0, dsp: 0 });
  const ultra = fold(windowNode(map, [3, 3], { impl: "hls" }), { SIMD: 8, ram_style: "ultra" });
  expect(resourcesOf(ultra)).toEqual({ lut: 300, bram18: 0, uram: 4, dsp: 0 });
  // Four lines of 20,000 words of 4 bits: each as wide as four block RAMs, and FINN stacks none.
  const long = windowNode({ height: 2500, width: 3 }, [3, 3], { impl: "hls" });
  expect(resourcesOf(fold(long, { SIMD: 1, ram_style: "block" })).bram18).toBe(4 * 4);
  expect(resourcesOf(fold(long, { SIMD: 1, ram_style: "ultra" })).uram).toBe(4 * 5);
});

test("the buffer is LUTs, block RAM or UltraRAM, by the style", () => {
  const node = windowNode(map, [3, 3]);
  const at = (ram_style: string) => resourcesOf(fold(node, { SIMD: 8, ram_style }));
  expect(at("distributed")).toEqual({ lut: 300 + 32 * 1, bram18: 0, uram: 0, dsp: 0 });
  expect(at("block")).toEqual({ lut: 300, bram18: 1, uram: 0, dsp: 0 });
  expect(at("auto")).toEqual(at("block"));
  expect(at("ultra")).toEqual({ lut: 300, bram18: 0, uram: 1, dsp: 0 });
});
