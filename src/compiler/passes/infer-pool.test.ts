import { expect, test } from "vitest";
import { int, intAttr, string } from "../../onnx/attributes";
import { ModelChain } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { InferPool } from "./infer-pool";

const pool = (
  datatype: string,
  attributes: { kernel: number; stride: number; ibits: number; obits: number; signed: number },
) =>
  new ModelChain([1, 7, 8, 3], datatype)
    .op("QuantAvgPool2d", [], {
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, int(value)])),
      data_layout: string("NHWC"),
    })
    .build();

test("FINN's pool of MobileNet: sums of 10 bits, shifted by 6", () => {
  const after = checkPass(InferPool, pool("UINT4", { kernel: 7, stride: 1, ibits: 4, obits: 4, signed: 0 }));
  expect(operators(after)).toEqual(["Im2Col", "Pool"]);
  const [, node] = after.graph.nodes;
  expect(node && [intAttr(node, "AccumBits"), intAttr(node, "Size")]).toEqual([10, 6]);
});

test("a signed pool, with stride", () => {
  checkPass(InferPool, pool("INT4", { kernel: 2, stride: 2, ibits: 4, obits: 3, signed: 1 }));
});

test("an input with more bits than the pool expects is refused", () => {
  const model = pool("UINT5", { kernel: 2, stride: 2, ibits: 4, obits: 4, signed: 0 });
  expect(() => InferPool.apply(model)).toThrow("it expects UINT4, but UINT5 comes in");
});
