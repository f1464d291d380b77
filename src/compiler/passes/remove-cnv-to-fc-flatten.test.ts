import { expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { ints } from "../../onnx/attributes";
import { int64Tensor } from "../../onnx/tensor";
import { integers, ModelChain } from "../testing/chain";
import { checkPass, operators, transformed } from "../testing/check-pass";
import { InferQuantizedMatrixVectorActivation } from "./infer-quantized-matrix-vector-activation";
import { RemoveCNVtoFCFlatten } from "./remove-cnv-to-fc-flatten";

test.each([
  { kind: "Flatten", flatten: (chain: ModelChain) => chain.op("Flatten") },
  { kind: "Reshape", flatten: (chain: ModelChain) => chain.op("Reshape", [int64Tensor([1, -1])]) },
])("the Transpose in front of a $kind becomes an order of the weights", ({ flatten }) => {
  const chain = new ModelChain([1, 3, 4, 2], "UINT4").op("Transpose", [], { perm: ints([0, 3, 1, 2]) });
  const model = flatten(chain)
    .op("MatMul", [integers([24, 5])])
    .build();
  const after = checkPass(RemoveCNVtoFCFlatten, transformed(model, InferQuantizedMatrixVectorActivation));
  expect(operators(after)).toEqual(["MVAU"]);
  expect(datatypeOf(after.graph, after.graph.nodes[0]?.inputs[1] ?? "")).toBe("INT4");
});

test("a Flatten of what streams in order goes", () => {
  const model = new ModelChain([1, 3, 4, 2], "UINT4")
    .op("Flatten")
    .op("MatMul", [integers([24, 5])])
    .build();
  const after = checkPass(RemoveCNVtoFCFlatten, transformed(model, InferQuantizedMatrixVectorActivation));
  expect(operators(after)).toEqual(["MVAU"]);
});
