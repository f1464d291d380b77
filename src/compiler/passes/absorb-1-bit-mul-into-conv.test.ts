import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { int } from "../../onnx/attributes";
import { integers, ModelChain, perChannelOfMap, tensor } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { Absorb1BitMulIntoConv } from "./absorb-1-bit-mul-into-conv";

test.each([
  { kind: "an ordinary", weights: integers([3, 3, 2, 2]), group: 1 },
  { kind: "a depthwise", weights: integers([3, 1, 2, 2]), group: 3 },
])("signs flip the output channels of $kind convolution", ({ weights, group }) => {
  const model = new ModelChain([1, 3, 4, 4], "UINT4")
    .op("Conv", [weights], { group: int(group) })
    .op("Mul", [perChannelOfMap(-1, 1, -1)])
    .build();
  expect(operators(checkPass(Absorb1BitMulIntoConv, model))).toEqual(["Conv"]);
});

const lowest = (value: number, datatype: string) =>
  new ModelChain([1, 1, 1, 1], "UINT4")
    .op("Conv", [{ value: tensor([2, 1, 1, 1], [value, 1]), datatype }])
    .op("Mul", [perChannelOfMap(-1, 1)])
    .build();

test("weights that do not fit their type negated get one more bit", () => {
  const after = checkPass(Absorb1BitMulIntoConv, lowest(-8, "INT4"));
  expect([...constantOf(after, "Conv").data]).toEqual([8, 1]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe("UINT4");
});

test("more than 8 bits are refused", () => {
  const model = lowest(-128, "INT8");
  const weights = model.graph.initializers.get("Conv_0_constant0");
  weights?.data.set([-128, -1]);
  expect(() => Absorb1BitMulIntoConv.apply(model)).toThrow("from INT8 into INT9");
});
