import { expect, test } from "vitest";
import { census, familyOf } from "./op-families";

test("hardware and ONNX operators of one purpose are of one family", () => {
  expect(["Conv", "MVAU", "MVAU_hls", "VVAU_rtl"].map(familyOf)).toEqual(Array(4).fill("multiply"));
  expect(["Quant", "MultiThreshold", "Thresholding_rtl"].map(familyOf)).toEqual(Array(3).fill("quantise"));
  expect(familyOf("ConvolutionInputGenerator_rtl")).toBe("move");
  expect(familyOf("Elephant")).toBe("rest");
});

test("the census has every node once, in the legend's order", () => {
  expect(census(["TopK", "Conv", "Mul", "Conv", "LabelSelect_hls"])).toEqual([
    { family: "multiply", nodes: 2 },
    { family: "scale", nodes: 1 },
    { family: "rest", nodes: 2 },
  ]);
});
