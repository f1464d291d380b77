import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { CollapseRepeatedAdd } from "./collapse-repeated-add";

test("offsets in a row become one", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Add", [scalarTensor(0.5)])
    .op("Add", [perChannelOfMap(1, -2)])
    .op("Add", [scalarTensor(4)])
    .build();
  const after = checkPass(CollapseRepeatedAdd, model);
  expect(operators(after)).toEqual(["Add"]);
  expect([...constantOf(after, "Add").data]).toEqual([5.5, 2.5]);
});
