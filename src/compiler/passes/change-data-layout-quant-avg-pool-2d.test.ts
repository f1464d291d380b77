import { expect, test } from "vitest";
import { int, string } from "../../onnx/attributes";
import { ModelChain } from "../testing/chain";
import { checkPass, operators } from "../testing/check-pass";
import { ChangeDataLayoutQuantAvgPool2d } from "./change-data-layout-quant-avg-pool-2d";

test("the pool works on NHWC between two Transposes", () => {
  const model = new ModelChain([1, 3, 4, 5], "UINT4")
    .op("QuantAvgPool2d", [], {
      kernel: int(2),
      stride: int(2),
      ibits: int(4),
      obits: int(4),
      signed: int(0),
      data_layout: string("NCHW"),
    })
    .build();
  const after = checkPass(ChangeDataLayoutQuantAvgPool2d, model);
  expect(operators(after)).toEqual(["Transpose", "QuantAvgPool2d", "Transpose"]);
});
