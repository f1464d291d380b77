import { expect, test } from "vitest";
import { datatypeOf, layoutOf } from "../../onnx/annotations";
import { makeNode } from "../../onnx/edit";
import { float32Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { MOBILENET_PREPROCESSING, mergePreprocessing } from "./merge-preprocessing";

const network = (shape: number[], datatypes = {}) =>
  buildModel({ inputs: { x: shape }, datatypes, nodes: [makeNode("Neg", ["x"], ["y"])] });

test("pixels are scaled as the network was trained, each step in float32", () => {
  const model = network([1, 3, 1, 1]);
  expect(applyUntilStable(mergePreprocessing(MOBILENET_PREPROCESSING), model)).toBe(true);
  expect(model.graph.nodes.map(({ opType }) => opType)).toEqual(["Div", "Sub", "Div", "Neg"]);
  expect(model.graph.inputs[0]?.name).toBe("x");
  expect(datatypeOf(model.graph, "x")).toBe("UINT8");
  expect(layoutOf(model.graph, "x")).toEqual(["N", "C", "H", "W"]);

  const { fround } = Math;
  const pixels = [255, 0, 100];
  const expected = pixels.map(
    (x, c) => -fround(fround(fround(x / 255) - fround(MOBILENET_PREPROCESSING.mean[c]!)) / fround(0.226)),
  );
  expect([...outputsOf(model, float32Tensor([1, 3, 1, 1], pixels))[0]!.data]).toEqual(expected);
});

test("a network that reads integers has it already", () => {
  const model = network([1, 3, 1, 1], { x: "UINT8" });
  expect(mergePreprocessing(MOBILENET_PREPROCESSING).apply(model)).toBe(false);
});

test("means for other channels than there are", () => {
  expect(() => mergePreprocessing(MOBILENET_PREPROCESSING).apply(network([1, 1, 8, 8]))).toThrow(
    'The input "x" is [1, 1, 8, 8]; pre-processing needs [1, 3, height, width].',
  );
});
