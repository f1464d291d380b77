import { expect, test } from "vitest";
import { string } from "../../onnx/attributes";
import { ModelChain, perChannelOfMap, staircase, tensor } from "../testing/chain";
import { checkPass, constantOf, expectUntouched, operators } from "../testing/check-pass";
import { AbsorbAddIntoMultiThreshold } from "./absorb-add-into-multi-threshold";

const counts = { out_dtype: string("UINT2") };

test("thresholds move down by the offset of their channel", () => {
  const model = new ModelChain([1, 2, 3, 3])
    .op("Add", [perChannelOfMap(0.5, -2)])
    .op("MultiThreshold", [staircase(2, 3, -1, 0.5)], counts)
    .build();
  const after = checkPass(AbsorbAddIntoMultiThreshold, model);
  expect(operators(after)).toEqual(["MultiThreshold"]);
  expect([...constantOf(after, "MultiThreshold").data]).toEqual([-1.5, -1, -0.5, 2, 2.5, 3]);
});

test("thresholds that all channels share are written out for each", () => {
  const model = new ModelChain([1, 2])
    .op("Add", [tensor([1, 2], [1, -1])])
    .op("MultiThreshold", [staircase(1, 3, 0, 1)], counts)
    .build();
  const after = checkPass(AbsorbAddIntoMultiThreshold, model);
  expect(constantOf(after, "MultiThreshold").shape).toEqual([2, 3]);
});

test("channels are the last axis where the layout says so", () => {
  const model = new ModelChain([1, 3, 3, 2])
    .op("Add", [tensor([2], [1, -1])])
    .op("MultiThreshold", [staircase(2, 3, 0, 1)], { ...counts, data_layout: string("NHWC") })
    .build();
  checkPass(AbsorbAddIntoMultiThreshold, model);
});

test("each difference is rounded to float32", () => {
  const model = new ModelChain([1, 1])
    .op("Add", [tensor([1], [0.1])])
    .op("MultiThreshold", [tensor([1, 1], [0.7])], counts)
    .build();
  AbsorbAddIntoMultiThreshold.apply(model);
  expect(constantOf(model, "MultiThreshold").data[0]).toBe(Math.fround(Math.fround(0.7) - Math.fround(0.1)));
});

test("an offset along the width stays", () => {
  const model = new ModelChain([1, 2, 2, 2])
    .op("Add", [tensor([2], [1, -1])])
    .op("MultiThreshold", [staircase(2, 3, 0, 1)], counts)
    .build();
  expectUntouched(AbsorbAddIntoMultiThreshold, model);
});
