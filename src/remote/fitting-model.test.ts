import { expect, test } from "vitest";
import type { ModelNeeds } from "./endpoint";
import { fittingModel } from "./fitting-model";
import type { ModelMetadata } from "./metadata";

type Tensors = ModelMetadata["inputs"];

const needs: ModelNeeds = { name: "mobilenet-v1", inputShape: [1, 224, 224, 3], classes: 1000 };
const image = { name: "in", datatype: "UINT8", shape: [-1, 224, 224, 3] };
const top = { name: "top", datatype: "INT64", shape: [-1, 5] };
const fitted = (inputs: Tensors, outputs: Tensors, name = "mobilenet-v1") =>
  fittingModel({ name, versions: ["1"], platform: "finn", inputs, outputs }, needs);

test("the model as it should be", () => {
  expect(fitted([image], [top])).toEqual({
    name: "mobilenet-v1",
    versions: ["1"],
    platform: "finn",
    input: image,
    output: top,
    classes: 1000,
  });
});

test("other outputs may be beside it", () => {
  const scores = { name: "scores", datatype: "FP32", shape: [-1, 1000] };
  expect(fitted([image], [scores, top])).toMatchObject({ output: top });
});

test("the batch may be fixed, if both agree", () => {
  const four = { ...image, shape: [4, 224, 224, 3] };
  expect(fitted([four], [{ ...top, shape: [4, 5] }])).toMatchObject({ input: four });
  expect(fitted([four], [top])).toMatchObject({ input: four });
  expect(fitted([four], [{ ...top, shape: [1, 5] }])).toMatch(/Needed/);
  expect(fitted([image], [{ ...top, shape: [1, 5] }])).toMatch(/Needed/);
});

test.each(["INT16", "INT32", "INT64", "UINT16", "UINT32", "UINT64"])("indices may be %s", (datatype) => {
  expect(fitted([image], [{ ...top, datatype }])).toMatchObject({ output: { datatype } });
});

test.each(["INT8", "UINT8", "FP32", "BYTES", "constructor"])("%s does not hold 999", (datatype) => {
  expect(fitted([image], [{ ...top, datatype }])).toMatch(/hold 0 to 999/);
});

test.each<[string, Tensors]>([
  ["nothing", []],
  ["two", [image, { ...image, name: "mask" }]],
  ["floats", [{ ...image, datatype: "FP32" }]],
  ["channels first", [{ ...image, shape: [-1, 3, 224, 224] }]],
  ["no batch", [{ ...image, shape: [224, 224, 3] }]],
  ["an empty batch", [{ ...image, shape: [0, 224, 224, 3] }]],
  ["a free size", [{ ...image, shape: [-1, -1, -1, 3] }]],
])("an input that is %s is refused with what is there and what is needed", (_what, inputs) => {
  const sentence = fitted(inputs, [top]);
  expect(sentence).toMatch(/Needed: one input UINT8 \[-1,224,224,3\] and one output of integers \[-1,5\]/);
  for (const { name } of inputs) expect(sentence).toContain(`“${name}”`);
});

test.each<[string, Tensors]>([
  ["nothing", []],
  ["scores", [{ ...top, datatype: "FP32", shape: [-1, 1000] }]],
  ["the first only", [{ ...top, shape: [-1, 1] }]],
  ["ambiguous", [top, { ...top, name: "other" }]],
])("an output that is %s is refused", (_what, outputs) => {
  expect(fitted([image], outputs)).toMatch(/gives .*Needed/);
});

test("another model is named", () => {
  expect(fitted([image], [top], "resnet")).toMatch(/“mobilenet-v1”.*“resnet”/);
});
