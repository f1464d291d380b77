import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, tensor } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { InferChannelwiseLinearLayer } from "./infer-channelwise-linear-layer";

test("an integer offset for each channel becomes a unit, with the types its numbers need", () => {
  const model = new ModelChain([1, 1, 1, 3], "INT8").op("Add", [tensor([3], [-100, 0, 127])]).build();
  const after = checkPass(InferChannelwiseLinearLayer, model);
  expect(operators(after)).toEqual(["ChannelwiseOp"]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe("INT8");
  expect(datatypeOf(after.graph, after.graph.outputs[0]?.name ?? "")).toBe("INT9");
});

test("an offset for all is written out for each", () => {
  const model = new ModelChain([1, 4], "UINT4").op("Add", [scalarTensor(3)]).build();
  expect([...constantOf(checkPass(InferChannelwiseLinearLayer, model), "ChannelwiseOp").data]).toEqual([
    3, 3, 3, 3,
  ]);
});

test("numbers that are no integers, and offsets along another axis, are refused", () => {
  const add = (constant: ReturnType<typeof tensor>) =>
    new ModelChain([1, 2, 2, 2], "INT8").op("Add", [constant]).build();
  expect(() => InferChannelwiseLinearLayer.apply(add(tensor([2], [0.5, 1])))).toThrow("no integers");
  expect(() => InferChannelwiseLinearLayer.apply(add(tensor([2, 1, 1], [1, 2])))).toThrow(
    "not one number a channel",
  );
});
