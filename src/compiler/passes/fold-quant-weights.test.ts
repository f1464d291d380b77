import { describe, expect, test } from "vitest";
import { datatypeOf } from "../../onnx/annotations";
import { int, ints } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { OnnxModel, OnnxNode, Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import { buildModel, inQonnxDomain } from "../../onnx/testing/build-model";
import { applyUntilStable } from "../pass";
import { outputsOf } from "../testing/execute";
import { FoldQuantWeights } from "./fold-quant-weights";

const z = scalarTensor(0);
const quant = inQonnxDomain(
  makeNode("Quant", ["w", "s", "z", "bits"], ["q"], { signed: int(1), narrow: int(1) }),
);

function fold(model: OnnxModel, input: Tensor) {
  const before = outputsOf(model, input)[0]!;
  expect(applyUntilStable(FoldQuantWeights, model)).toBe(true);
  const after = outputsOf(model, input)[0]!;
  expect(after.shape).toEqual(before.shape);
  after.data.forEach((value, i) => {
    expect(value).toBeCloseTo(before.data[i]!, 5);
  });
  return model.graph;
}

/** The constant that a node reads. */
const constantOf = (graph: OnnxModel["graph"], node: OnnxNode | undefined, slot = 1) =>
  graph.initializers.get(node?.inputs[slot] ?? "");

describe("Conv", () => {
  const input = float32Tensor([1, 2, 1, 2], [1, 2, 3, 4]);
  const conv = (scale: Tensor, bits = 4) =>
    buildModel({
      inputs: { x: [1, 2, 1, 2] },
      constants: {
        w: float32Tensor([2, 2, 1, 1], [0.9, -0.4, 9, 0.26]),
        s: scale,
        z,
        bits: scalarTensor(bits),
      },
      nodes: [quant, makeNode("Conv", ["x", "q"], ["y"], { strides: ints([1, 1]) })],
    });

  test("gets integers; the scale of each output channel follows it", () => {
    const graph = fold(conv(float32Tensor([2, 1, 1, 1], [0.5, 0.25])), input);
    const [layer, mul] = graph.nodes;
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(["Conv", "Mul"]);
    expect(Array.from(constantOf(graph, layer)!.data, (value) => value + 0)).toEqual([2, -1, 7, 1]);
    expect(datatypeOf(graph, layer!.inputs[1]!)).toBe("INT4");
    expect(constantOf(graph, mul)).toEqual(float32Tensor([1, 2, 1, 1], [0.5, 0.25]));
  });

  test("one scale is a scalar", () => {
    const graph = fold(conv(float32Tensor([1, 1, 1, 1], [0.5])), input);
    expect(constantOf(graph, graph.nodes[1])).toEqual(scalarTensor(0.5));
  });

  test("scale 1 needs no Mul", () => {
    const graph = fold(conv(scalarTensor(1)), input);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(["Conv"]);
  });

  test("what the hardware has not is refused", () => {
    expect(() => FoldQuantWeights.apply(conv(float32Tensor([1, 2, 1, 1], [1, 2])))).toThrow(
      "Conv_1 (Conv): a weight scale of shape [1,2,1,1] is not one per output channel.",
    );
    expect(() => FoldQuantWeights.apply(conv(scalarTensor(1), 9))).toThrow(
      "Conv_1 (Conv): its weights have 9 bits",
    );
    expect(() => FoldQuantWeights.apply(conv(scalarTensor(1), 4.5))).toThrow("a bit width of 4.5");
    expect(() => FoldQuantWeights.apply(conv(scalarTensor(0)))).toThrow(
      'Quant_0 (Quant): its scale "s" is 0 at 0',
    );
    expect(() => FoldQuantWeights.apply(conv(scalarTensor(-1)))).toThrow("not positive");
    const shifted = conv(scalarTensor(1));
    shifted.graph.initializers.set("z", scalarTensor(1));
    expect(() => FoldQuantWeights.apply(shifted)).toThrow("Quant_0 (Quant): a zero point other than 0");
  });
});

describe("MatMul", () => {
  const input = float32Tensor([1, 2], [1, -2]);
  const matMul = (node: OnnxNode, scale: Tensor) =>
    buildModel({
      inputs: { x: [1, 2] },
      constants: { w: float32Tensor([2, 2], [0.9, -0.4, 9, 0.26]), s: scale, z, bits: scalarTensor(3) },
      nodes: [node, makeNode("MatMul", ["x", "q"], ["y"])],
    });

  test("a scale a column", () => {
    const graph = fold(matMul(quant, float32Tensor([1, 2], [0.5, 0.25])), input);
    expect(constantOf(graph, graph.nodes[1])).toEqual(float32Tensor([1, 2], [0.5, 0.25]));
    expect(datatypeOf(graph, graph.nodes[0]!.inputs[1]!)).toBe("INT3");
  });

  test("bipolar weights are -1 and 1", () => {
    const bipolar = inQonnxDomain(makeNode("BipolarQuant", ["w", "s"], ["q"]));
    const graph = fold(matMul(bipolar, scalarTensor(0.125)), input);
    expect([...constantOf(graph, graph.nodes[0])!.data]).toEqual([1, -1, 1, 1]);
    expect(datatypeOf(graph, graph.nodes[0]!.inputs[1]!)).toBe("BIPOLAR");
  });
});

describe("a bias", () => {
  const bias = (bits: number, scale: number) =>
    buildModel({
      inputs: { x: [1, 2] },
      constants: { w: float32Tensor([2], [40, -3]), s: scalarTensor(scale), z, bits: scalarTensor(bits) },
      nodes: [quant, makeNode("Add", ["x", "q"], ["y"])],
    });
  const input = float32Tensor([1, 2], [5, -2]);

  test("is added as integers, to what its scale was taken off", () => {
    const graph = fold(bias(32, 0.25), input);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(["Div", "Add", "Mul"]);
    expect([...constantOf(graph, graph.nodes[1])!.data]).toEqual([160, -12]);
    expect(datatypeOf(graph, graph.nodes[1]!.inputs[1]!)).toBe("INT32");
  });

  test("of scale 1 is added as it is", () => {
    expect(fold(bias(32, 1), input).nodes.map(({ opType }) => opType)).toEqual(["Add"]);
  });
});

test("one set of weights for two layers is folded for both", () => {
  const model = buildModel({
    inputs: { x: [1, 2] },
    constants: {
      w: float32Tensor([2, 2], [0.9, -0.4, 9, 0.26]),
      s: scalarTensor(0.5),
      z,
      bits: scalarTensor(4),
    },
    nodes: [quant, makeNode("MatMul", ["x", "q"], ["a"]), makeNode("MatMul", ["a", "q"], ["y"])],
  });
  const graph = fold(model, float32Tensor([1, 2], [1, -2]));
  expect(graph.nodes.map(({ opType }) => opType)).toEqual(["MatMul", "Mul", "MatMul", "Mul"]);
});

test("quantized constants elsewhere are refused", () => {
  const model = buildModel({
    inputs: { x: [1, 2] },
    constants: { w: float32Tensor([2], [1, 2]), s: scalarTensor(1), z, bits: scalarTensor(4) },
    nodes: [quant, makeNode("Mul", ["x", "q"], ["y"])],
  });
  expect(() => FoldQuantWeights.apply(model)).toThrow(
    "Mul_1 (Mul): quantized constants are supported as weights",
  );
});
