import { expect, test } from "vitest";
import { makeNode } from "../../onnx/edit";
import { buildModel } from "../../onnx/testing/build-model";
import { GiveUniqueNodeNames } from "./give-unique-node-names";

test("nodes are numbered by operator, in stream order", () => {
  const model = buildModel({
    nodes: [
      makeNode("Relu", ["x"], ["a"], {}, { name: "Relu_1" }),
      makeNode("Neg", ["a"], ["b"], {}, { name: "/features/0" }),
      makeNode("Relu", ["b"], ["y"], {}, { name: "Relu_0" }),
    ],
  });
  expect(GiveUniqueNodeNames.apply(model)).toBe(true);
  expect(model.graph.nodes.map(({ name }) => name)).toEqual(["Relu_0", "Neg_0", "Relu_1"]);
  expect(GiveUniqueNodeNames.apply(model)).toBe(false);
});
