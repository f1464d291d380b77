import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { ints } from "../../onnx/attributes";
import { transpose } from "../../onnx/tensor";
import { integers, ModelChain } from "../testing/chain";
import { expectSameOutputs, expectUntouched, operators, transformed } from "../testing/check-pass";
import { MakeInputChannelsLast } from "./make-input-channels-last";

test("the graph takes pixels", () => {
  const model = new ModelChain([1, 3, 4, 5], "UINT8").op("Conv", [integers([2, 3, 1, 1])]).build();
  const after = transformed(model, MakeInputChannelsLast);
  expect(operators(after)).toEqual(["Transpose", "Conv"]);
  expect(after.graph.inputs[0]?.shape).toEqual([1, 4, 5, 3]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.outputs[0] ?? "")).toBe("UINT8");
  expectSameOutputs(model, after, (input) => transpose(input, [0, 2, 3, 1]));
  expectUntouched(MakeInputChannelsLast, after);
});

test("a graph that begins by bringing the channels to the front takes pixels already", () => {
  const model = new ModelChain([1, 4, 5, 3], "UINT8")
    .op("Transpose", [], { perm: ints([0, 3, 1, 2]) })
    .op("Conv", [integers([2, 3, 1, 1])])
    .build();
  const after = transformed(model, MakeInputChannelsLast);
  expect(operators(after)).toEqual(["Transpose", "Conv"]);
  expectSameOutputs(model, after);
});

test("a vector stays", () => {
  expectUntouched(
    MakeInputChannelsLast,
    new ModelChain([1, 4], "UINT8").op("MatMul", [integers([4, 2])]).build(),
  );
});
