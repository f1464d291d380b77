import { expect, test } from "vitest";
import { scalarTensor } from "../../onnx/tensor";
import { ModelChain, perChannelOfMap } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { MoveAddPastMul } from "./move-add-past-mul";

test("an offset is multiplied by the factors it moves behind", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Add", [perChannelOfMap(3, -1)])
    .op("Mul", [scalarTensor(0.5)])
    .op("Mul", [perChannelOfMap(2, -4)])
    .build();
  const after = checkPass(MoveAddPastMul, model);
  expect(operators(after)).toEqual(["Mul", "Mul", "Add"]);
  expect([...constantOf(after, "Add").data]).toEqual([3, 2]);
});

test("each product is rounded to float32, one after the other", () => {
  const [a, m, n] = [0.1, 0.7, 0.3].map(Math.fround) as [number, number, number];
  const model = new ModelChain([1, 1])
    .op("Add", [scalarTensor(a)])
    .op("Mul", [scalarTensor(m)])
    .op("Mul", [scalarTensor(n)])
    .build();
  while (MoveAddPastMul.apply(model));
  expect(constantOf(model, "Add").data[0]).toBe(Math.fround(Math.fround(a * m) * n));
});

test("a value that is read twice stays where it is", () => {
  const model = new ModelChain([1, 1])
    .op("Add", [scalarTensor(1)])
    .op("Mul", [scalarTensor(2)])
    .build();
  model.graph.outputs.push({ name: "Add_0_out", elemType: "float32", shape: [1, 1] });
  expectUntouched(MoveAddPastMul, model);
});
