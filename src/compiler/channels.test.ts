import { expect, test } from "vitest";
import { int } from "../onnx/attributes";
import { makeNode } from "../onnx/edit";
import { float32Tensor, scalarTensor } from "../onnx/tensor";
import { channelAxis, channelTensor, isDepthwise, perChannel } from "./channels";

test.each([
  ["NCHW", 4, 1],
  ["NHWC", 4, 3],
  ["NC", 2, 1],
  ["NCHW", 2, 1],
])("channels of %s in %d dimensions are axis %d", (layout, rank, axis) => {
  expect(channelAxis(layout, rank)).toBe(axis);
});

test.each([
  { what: "a scalar", value: scalarTensor(3), axis: 1, expected: [3, 3] },
  { what: "[1, C, 1, 1] on channels first", value: channelTensor([1, 2], 1, 4), axis: 1, expected: [1, 2] },
  { what: "[C, 1, 1] on channels first", value: float32Tensor([2, 1, 1], [1, 2]), axis: 1, expected: [1, 2] },
  { what: "[C] on channels last", value: float32Tensor([2], [1, 2]), axis: 3, expected: [1, 2] },
  {
    what: "[C], which is a row on channels first",
    value: float32Tensor([2], [1, 2]),
    axis: 1,
    expected: undefined,
  },
  { what: "one value a row", value: float32Tensor([1, 1, 2, 1], [1, 2]), axis: 1, expected: undefined },
  {
    what: "more dimensions than the map",
    value: float32Tensor([1, 1, 2, 1, 1], [1, 2]),
    axis: 1,
    expected: undefined,
  },
])("one value a channel from $what", ({ value, axis, expected }) => {
  const values = perChannel(value, [1, 2, 2, 2], axis);
  expect(values && Array.from(values)).toEqual(expected);
});

test.each([
  { weights: [4, 1, 3, 3], group: 4, depthwise: true },
  { weights: [4, 4, 3, 3], group: 1, depthwise: false },
  { weights: [8, 1, 3, 3], group: 4, depthwise: false },
  { weights: [4, 2, 3, 3], group: 2, depthwise: false },
  { weights: [1, 1, 3, 3], group: 1, depthwise: false },
])("weights $weights in $group groups: depthwise is $depthwise", ({ weights, group, depthwise }) => {
  const size = weights.reduce((product, dim) => product * dim, 1);
  const conv = makeNode("Conv", ["x", "w"], ["y"], { group: int(group) });
  expect(isDepthwise(conv, float32Tensor(weights, new Float32Array(size)))).toBe(depthwise);
});
