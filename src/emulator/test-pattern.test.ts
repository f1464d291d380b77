import { expect, test } from "vitest";
import { dataType } from "../graph/datatype";
import { tinyGraph } from "../graph/testing/tiny-graph";
import { readInput } from "./input";
import { testPattern, testPatterns } from "./test-pattern";

const graphOf = (shape: readonly number[], type: string) => ({
  ...tinyGraph(),
  input: { shape, datatype: dataType(type) },
});

test.each(testPatterns)("%s fit any input, and reach over its range", (pattern) => {
  for (const type of ["UINT8", "UINT4", "INT3", "INT8", "BIPOLAR", "UINT16"]) {
    for (const shape of [
      [1, 20, 24, 3],
      [1, 700],
    ]) {
      const graph = graphOf(shape, type);
      const values = readInput(graph, testPattern(graph, pattern));
      const { min, max } = graph.input.datatype;
      const span = Math.max(...values) - Math.min(...values);
      expect(span).toBeGreaterThan((max - min) * 0.6);
      if (type === "BIPOLAR") expect(new Set(values)).toEqual(new Set([-1, 1]));
    }
  }
});

test("the same network gets the same frame", () => {
  const graph = graphOf([1, 5, 5, 3], "UINT8");
  expect(testPattern(graph, "noise")).toEqual(testPattern(graph, "noise"));
  expect(testPattern(graph, "noise")).not.toEqual(testPattern(graph, "waves"));
});
