import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { ConvertSubToAdd } from "./convert-sub-to-add";

test("subtracting becomes adding the negative", () => {
  const model = new ModelChain([1, 2, 3, 3])
    .op("Sub", [perChannelOfMap(0.5, -3)])
    .op("Sub", [scalarTensor(2)])
    .build();
  const after = checkPass(ConvertSubToAdd, model);
  expect(operators(after)).toEqual(["Add", "Add"]);
  expect([...constantOf(after, "Add").data]).toEqual([-0.5, 3]);
});

test("a constant that others read keeps its value", () => {
  const model = new ModelChain([1, 4])
    .op("Sub", [scalarTensor(2)])
    .op("Mul", [scalarTensor(0)])
    .build();
  const [sub, mul] = model.graph.nodes;
  if (sub && mul) mul.inputs[1] = sub.inputs[1] ?? "";
  expect([...constantOf(checkPass(ConvertSubToAdd, model), "Mul").data]).toEqual([2]);
});
