import { expect, it } from "vitest";
import type { OnnxModel } from "../../onnx/model";
import { readOnnx } from "../../onnx/read";
import { mobilenetShaped } from "../testing/mobilenet";
import { writeFloatTwin } from "./float-twin";
import { writeStandardOnnx } from "./standard-onnx";

const graph = mobilenetShaped({ seed: 1, width: 1 / 8, inputSize: 64, classes: 12 });

const kernelShapes = ({ graph }: OnnxModel) =>
  graph.nodes
    .filter(({ opType }) => opType === "Conv")
    .map(({ inputs }) => graph.initializers.get(inputs[1] ?? "")?.shape);

it("has the multiplications of the exact twin, which alone sums its pool by a convolution", () => {
  const twin = readOnnx(writeFloatTwin(graph));
  const exact = kernelShapes(writeStandardOnnx(graph).model);
  exact.splice(-2, 1);
  expect(kernelShapes(twin)).toEqual(exact);
});

it("is what one would export: convolutions with folded batch norms, clips, an average pool", () => {
  const { nodes, inputs, outputs } = readOnnx(writeFloatTwin(graph)).graph;
  const operators = nodes.map(({ opType }) => opType);
  expect(operators.slice(0, 5)).toEqual(["Transpose", "Conv", "Clip", "Conv", "Clip"]);
  expect(operators.slice(-5)).toEqual(["Clip", "AveragePool", "Mul", "Conv", "Add"]);
  expect(inputs).toMatchObject([{ elemType: "float32", shape: [1, 64, 64, 3] }]);
  expect(outputs).toMatchObject([{ elemType: "float32", shape: [1, 12, 1, 1] }]);
});
