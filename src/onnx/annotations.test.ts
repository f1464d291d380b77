import { expect, test } from "vitest";
import { datatypeOf, layoutOf, setDatatype, setLayout } from "./annotations";
import { buildModel } from "./testing/build-model";

test("a tensor that nothing is said about is float32, without a layout", () => {
  const { graph } = buildModel({ nodes: [] });
  expect(datatypeOf(graph, "x")).toBe("FLOAT32");
  expect(layoutOf(graph, "x")).toBeUndefined();
});

test("data type and layout lie side by side", () => {
  const { graph } = buildModel({ nodes: [] });
  setDatatype(graph, "x", "INT4");
  setLayout(graph, "x", ["N", "H", "W", "C"]);
  setDatatype(graph, "x", "UINT8");
  expect(datatypeOf(graph, "x")).toBe("UINT8");
  expect(layoutOf(graph, "x")).toEqual(["N", "H", "W", "C"]);
});

test("a layout is written as the Python list that FINN reads", () => {
  const { graph } = buildModel({ nodes: [] });
  setLayout(graph, "x", ["N", "C"]);
  expect(graph.annotations.get("x")?.get("tensor_layout")).toBe("['N', 'C']");
});
