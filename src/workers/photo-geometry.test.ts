import { expect, test } from "vitest";
import type { DataflowGraph } from "../graph/dataflow";
import { uint } from "../graph/datatype";
import { imagenetGeometry } from "../inputs/resize-plan";
import { photoGeometry } from "./photo-geometry";

const taking = (...shape: number[]): DataflowGraph => ({
  name: "net",
  input: { shape, datatype: uint(8) },
  nodes: [],
});

test("a network of ImageNet's size gets ImageNet's cut, another one the same in proportion", () => {
  expect(photoGeometry(taking(1, 224, 224, 3))).toEqual(imagenetGeometry);
  expect(photoGeometry(taking(1, 112, 112, 3))).toEqual({ inputSize: 112, resizeTo: 128 });
});

test.each([
  [1, 20, 24, 3],
  [1, 28, 28, 1],
  [1, 784],
])("%s x %s x %s is no picture", (...shape) => {
  expect(() => photoGeometry(taking(...shape))).toThrow("not square RGB pictures");
});
