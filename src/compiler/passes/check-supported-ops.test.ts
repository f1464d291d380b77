import { expect, test } from "vitest";
import { int } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain, type ModelParts } from "../../onnx/testing/build-model";
import { CheckSupportedOps } from "./check-supported-ops";

const constants = { c: scalarTensor(2), w: float32Tensor([2, 2, 1, 1], [1, 2, 3, 4]) };
const check = (parts: ModelParts) => () => CheckSupportedOps.apply(buildModel({ constants, ...parts }));
const relu = makeNode("Relu", ["x"], ["y"]);

test("a chain of layers passes, and is left as it is", () => {
  expect(
    check({
      nodes: [
        inQonnxDomain(makeNode("Quant", ["w", "c", "c", "c"], ["q"])),
        makeNode("Conv", ["x", "q"], ["a"]),
        makeNode("Mul", ["a", "c"], ["b"]),
        makeNode("Shape", ["b"], ["s"]),
        makeNode("Reshape", ["b", "s"], ["y"]),
      ],
    })(),
  ).toBe(false);
});

test.each<[string, ModelParts, string]>([
  [
    "an unknown operator",
    { nodes: [makeNode("Softmax", ["x"], ["y"])] },
    "Softmax_0 (Softmax): this operator is not supported.",
  ],
  [
    "a known operator of a foreign domain",
    { nodes: [{ ...relu, domain: "com.microsoft" }] },
    "Relu_0 (Relu): this operator of com.microsoft",
  ],
  ["a quantizer of the standard domain", { nodes: [makeNode("Quant", ["x"], ["y"])] }, "Quant_0 (Quant)"],
  [
    "a join",
    { nodes: [relu, makeNode("Add", ["x", "y"], ["z"])], outputs: ["z"] },
    "Add_1 (Add): it joins two computed tensors",
  ],
  [
    "a concatenation of maps",
    { nodes: [relu, makeNode("Concat", ["x", "y"], ["z"])] },
    "Concat_1 (Concat): it joins",
  ],
  [
    "computed weights",
    { nodes: [makeNode("MatMul", ["x", "x"], ["y"])] },
    "MatMul_0 (MatMul): its weights are computed",
  ],
  [
    "training",
    { nodes: [makeNode("BatchNormalization", ["x"], ["y"], { training_mode: int(1) })] },
    "it is in training mode",
  ],
  [
    "statistics as outputs",
    { nodes: [makeNode("BatchNormalization", ["x"], ["y", "mean"])] },
    "it is in training mode",
  ],
  ["no input", { inputs: {}, nodes: [] }, "has no input"],
  ["two inputs", { inputs: { x: [1], z: [1] }, nodes: [relu] }, '"z" is a second input'],
  ["two outputs", { outputs: ["y", "x"], nodes: [relu] }, '"x" is a second output'],
  [
    "an open batch",
    { inputs: { x: ["N", 3] }, nodes: [relu] },
    '"x" has the shape [N, 3]; export the model with fixed sizes',
  ],
  ["an unnamed size", { inputs: { x: [1, ""] }, nodes: [relu] }, "[1, ?]"],
  ["a batch of 8", { inputs: { x: [8, 3] }, nodes: [relu] }, "export the model with a batch of 1"],
  ["nothing to read", { inputs: { x: [1, 0] }, nodes: [relu] }, "has the shape [1, ?]"],
  ["2^62 pixels", { inputs: { x: [1, 2 ** 31, 2 ** 31] }, nodes: [relu] }, "which is too large"],
])("%s is refused", (_, parts, message) => {
  expect(check(parts)).toThrow(
    expect.objectContaining({ code: "unsupported-model", message: expect.stringContaining(message) }),
  );
});

test("an input that is no float is refused", () => {
  const model = buildModel({ nodes: [relu] });
  model.graph.inputs[0]!.elemType = "uint8";
  expect(() => CheckSupportedOps.apply(model)).toThrow('"x" is uint8; models read float32');
});

test("more nodes than a network has", () => {
  const nodes = Array.from({ length: 20_001 }, (_, i) => makeNode("Relu", [`t${i}`], [`t${i + 1}`]));
  expect(check({ nodes })).toThrow("20001 nodes");
});
