import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { int } from "../../onnx/attributes";
import { int64Tensor } from "../../onnx/tensor";
import { ModelChain } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { InferLabelSelectLayer } from "./infer-label-select-layer";

const topK = (shape: number[], k: number, attributes = {}) =>
  new ModelChain(shape, "INT4").op("TopK", [int64Tensor([k])], { axis: int(-1), ...attributes }, 2).build();

test.each([
  { labels: 9, type: "UINT8" },
  { labels: 256, type: "UINT8" },
  { labels: 257, type: "UINT16" },
])("among $labels classes, ties go to the lower index, which is a $type", ({ labels, type }) => {
  // 4-bit scores of 9 classes and more are full of ties.
  const after = checkPass(InferLabelSelectLayer, topK([1, 1, 1, labels], 5));
  expect(operators(after)).toEqual(["LabelSelect"]);
  expect(datatypeOf(after.graph, after.graph.outputs[0]?.name ?? "")).toBe(type);
});

test.each([
  { what: "a map", model: topK([1, 2, 2, 9], 5), reason: "among the values of one vector" },
  {
    what: "the lowest values",
    model: topK([1, 9], 5, { largest: int(0) }),
    reason: "the largest values in order",
  },
])("$what is refused", ({ model, reason }) => {
  expect(() => InferLabelSelectLayer.apply(model)).toThrow(reason);
});

test("values that go out are refused", () => {
  const model = topK([1, 9], 5);
  model.graph.outputs = [
    { name: model.graph.nodes[0]?.outputs[0] ?? "", elemType: "float32", shape: [1, 5] },
  ];
  expect(() => InferLabelSelectLayer.apply(model)).toThrow("indices, no values");
});
