import { expect, test } from "vitest";
import { sizeOf } from "../graph/dataflow";
import { graphProblems } from "../graph/validate";
import { int, ints, string } from "../onnx/attributes";
import type { OnnxModel } from "../onnx/model";
import { int64Tensor } from "../onnx/tensor";
import { runPasses } from "./pass";
import { hardwarePipeline } from "./pipeline";
import { integers, ModelChain, staircase, tensor } from "./testing/chain";
import { toDataflow } from "./to-dataflow";

/** One of each: padding, windows, both matrix units, a pool, a bias, the choice. */
function network(): ModelChain {
  return new ModelChain([1, 2, 6, 6], "UINT8")
    .op("Conv", [integers([3, 2, 2, 2])])
    .op("MultiThreshold", [staircase(3, 15, -3000, 400)], { out_dtype: string("UINT4") })
    .op("Conv", [integers([3, 1, 3, 3])], { group: int(3), pads: ints([1, 1, 1, 1]) })
    .op("MultiThreshold", [staircase(3, 15, -100, 15)], { out_dtype: string("UINT4") })
    .op("QuantAvgPool2d", [], {
      kernel: int(5),
      stride: int(1),
      ibits: int(4),
      obits: int(4),
      signed: int(0),
    })
    .op("Flatten")
    .op("MatMul", [integers([3, 7])])
    .op("Add", [tensor([7], [1, -2, 3, -4, 5, -6, 7])])
    .op("TopK", [int64Tensor([3])], { axis: int(-1) }, 2);
}

function compiled(model: OnnxModel): OnnxModel {
  runPasses(hardwarePipeline(), model);
  return model;
}

test("a chain of hardware nodes becomes a dataflow graph that is sound", () => {
  const graph = toDataflow(compiled(network().build()), "small");
  expect(graph.nodes.map(({ name }) => name)).toEqual([
    "ConvolutionInputGenerator_rtl_0",
    "MVAU_hls_0",
    "FMPadding_rtl_0",
    "ConvolutionInputGenerator_rtl_1",
    "VVAU_hls_0",
    "ConvolutionInputGenerator_rtl_2",
    "Pool_hls_0",
    "MVAU_rtl_0",
    "ChannelwiseOp_hls_0",
    "LabelSelect_hls_0",
  ]);
  expect(graph.nodes.map(({ impl, name }) => name.includes(`_${impl}_`))).not.toContain(false);
  expect(graph.input).toEqual({ shape: [1, 6, 6, 2], datatype: expect.objectContaining({ name: "UINT8" }) });
  expect(graph.nodes.at(-1)?.output.shape).toEqual([1, 1, 1, 3]);
  expect(graphProblems(graph)).toEqual([]);
});

test("weights are laid out neuron by neuron, in (kh, kw, channel) order", () => {
  const model = network().build();
  const weights = model.graph.initializers.get(model.graph.nodes[0]?.inputs[1] ?? "");
  const [, unit] = toDataflow(compiled(model), "small").nodes;
  if (unit?.kind !== "MVAU" || !weights) throw new Error("no MVAU");
  const [outs = 0, ins = 0, kh = 0, kw = 0] = weights.shape;
  const expected: number[] = [];
  for (let o = 0; o < outs; o++) {
    for (let y = 0; y < kh; y++) {
      for (let x = 0; x < kw; x++) {
        for (let i = 0; i < ins; i++) expected.push(weights.data[((o * ins + i) * kh + y) * kw + x] ?? 0);
      }
    }
  }
  expect([...unit.weights.data]).toEqual(expected);
  expect(unit.weights.data).toBeInstanceOf(Int8Array);
  expect(unit.weights.shape).toEqual([unit.mh, unit.mw]);
});

test("a map that goes into a fully connected layer is read as a vector", () => {
  const model = new ModelChain([1, 2, 3, 4], "UINT8")
    .op("Conv", [integers([5, 2, 1, 1])])
    .op("MultiThreshold", [staircase(5, 7, -500, 200)], { out_dtype: string("UINT3") })
    .op("Flatten")
    .op("MatMul", [integers([60, 4])])
    .op("TopK", [int64Tensor([1])], { axis: int(-1) }, 2)
    .build();
  const [first, second] = toDataflow(compiled(model), "flat").nodes;
  expect(first?.output.shape).toEqual([1, 3, 4, 5]);
  expect(second?.input.shape).toEqual([1, sizeOf([3, 4, 5])]);
});

test("a node that is no hardware is refused", () => {
  const model = compiled(network().build());
  const unit = model.graph.nodes.find(({ opType }) => opType === "Pool_hls");
  if (unit) Object.assign(unit, { opType: "MaxPool", domain: "", name: "MaxPool_0" });
  expect(() => toDataflow(model, "small")).toThrow("MaxPool_0 (MaxPool): there is no hardware for it.");
});

test("a fork is refused", () => {
  const model = compiled(network().build());
  const [first] = model.graph.nodes;
  if (first) model.graph.nodes.push({ ...first, name: "Fork_0", outputs: ["elsewhere"] });
  expect(() => toDataflow(model, "small")).toThrow("only chains are supported");
});

test("a model without a choice of classes at its end is refused", () => {
  const model = compiled(network().build());
  model.graph.nodes = model.graph.nodes.filter(
    ({ opType }) => opType !== "LabelSelect_hls" && opType !== "Flatten",
  );
  expect(() => toDataflow(model, "sums")).toThrow("does not end in a choice");
});

test("operands of more than 8 bits are refused", () => {
  const model = new ModelChain([1, 4], "UINT9")
    .op("MatMul", [integers([4, 3])])
    .op("TopK", [int64Tensor([1])], { axis: int(-1) }, 2)
    .build();
  expect(() => toDataflow(compiled(model), "wide")).toThrow("its input is UINT9; 8 bits are the most");
});
