import { expect, test } from "vitest";
import { float } from "../../onnx/attributes";
import { ModelChain, tensor } from "../testing/chain";
import { checkPass, constantOf, operators } from "../testing/check-pass";
import { BatchNormToAffine } from "./batch-norm-to-affine";

const gamma = tensor([3], [2, -1, 0]);
const beta = tensor([3], [0.5, 1, -2]);
const mean = tensor([3], [1, -2, 4]);
const variance = tensor([3], [3, 0, 15]);

test.each([
  { of: "a map", shape: [1, 3, 2, 2], parameters: [1, 3, 1, 1] },
  { of: "a vector", shape: [1, 3], parameters: [1, 3] },
])("of $of: a factor and an offset for each channel", ({ shape, parameters }) => {
  const model = new ModelChain(shape)
    .op("BatchNormalization", [gamma, beta, mean, variance], { epsilon: float(1) })
    .build();
  const after = checkPass(BatchNormToAffine, model);
  expect(operators(after)).toEqual(["Mul", "Add"]);
  expect(constantOf(after, "Mul").shape).toEqual(parameters);
  expect([...constantOf(after, "Mul").data]).toEqual([1, -1, 0]);
  expect([...constantOf(after, "Add").data]).toEqual([-0.5, -1, -2]);
});

test("every operation is rounded to float32", () => {
  const values = [0.3, 0.7, 0.9, 0.11].map((value) => tensor([1], [value]));
  const model = new ModelChain([1, 1]).op("BatchNormalization", values, { epsilon: float(1e-5) }).build();
  const after = checkPass(BatchNormToAffine, model);
  const { fround, sqrt } = Math;
  const [g, b, m, v] = [0.3, 0.7, 0.9, 0.11].map(fround) as [number, number, number, number];
  const factor = fround(g / fround(sqrt(fround(fround(1e-5) + v))));
  expect(constantOf(after, "Mul").data[0]).toBe(factor);
  expect(constantOf(after, "Add").data[0]).toBe(fround(b - fround(factor * m)));
});

test("a negative variance is refused", () => {
  const model = new ModelChain([1, 3, 1, 1])
    .op("BatchNormalization", [gamma, beta, mean, tensor([3], [1, -9, 1])])
    .build();
  expect(() => BatchNormToAffine.apply(model)).toThrow("BatchNormalization_0 (BatchNormalization)");
});
