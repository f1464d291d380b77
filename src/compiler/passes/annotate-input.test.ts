import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { makeNode } from "../../onnx/edit";
import { buildModel } from "../../onnx/testing/build-model";
import { annotateInput } from "./annotate-input";

test("an input that says nothing gets the type; one that says its own keeps it", () => {
  const nodes = [makeNode("Relu", ["x"], ["y"])];
  const silent = buildModel({ nodes });
  expect(annotateInput("UINT8").apply(silent)).toBe(true);
  expect(datatypeOf(silent.graph, "x")).toBe("UINT8");
  const spoken = buildModel({ nodes, datatypes: { x: "UINT4" } });
  expect(annotateInput("UINT8").apply(spoken)).toBe(false);
  expect(datatypeOf(spoken.graph, "x")).toBe("UINT4");
});
