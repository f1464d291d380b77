import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { floatAttr, string, stringAttr } from "../../onnx/attributes";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, staircase } from "../testing/chain";
import { checkPass, expectUntouched, operators } from "../testing/check-pass";
import { AbsorbSignBiasIntoMultiThreshold } from "./absorb-sign-bias-into-multi-threshold";

const counting = (steps: number, datatype: string) =>
  new ModelChain([1, 2, 3, 3]).op("MultiThreshold", [staircase(2, steps, -3, 0.5)], {
    out_dtype: string(datatype),
  });

test.each([
  { steps: 15, offset: -8, from: "UINT4", to: "INT4" },
  { steps: 14, offset: -7, from: "UINT4", to: "INT4" },
  { steps: 3, offset: -2, from: "UINT2", to: "INT2" },
])("$steps steps from $offset are $to", ({ steps, offset, from, to }) => {
  const after = checkPass(
    AbsorbSignBiasIntoMultiThreshold,
    counting(steps, from)
      .op("Add", [scalarTensor(offset)])
      .build(),
  );
  expect(operators(after)).toEqual(["MultiThreshold"]);
  const [node] = after.graph.nodes;
  if (!node) throw new Error("no node left");
  expect(floatAttr(node, "out_bias")).toBe(offset);
  expect(stringAttr(node, "out_dtype")).toBe(to);
  expect(datatypeOf(after.graph, node.outputs[0] ?? "")).toBe(to);
});

test.each([0.5, 1])("an offset of %d, which is no integer or needs more bits, stays", (offset) => {
  expectUntouched(
    AbsorbSignBiasIntoMultiThreshold,
    counting(15, "UINT4")
      .op("Add", [scalarTensor(offset)])
      .build(),
  );
});
