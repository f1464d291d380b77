import { isIntegerDataType } from "../../graph/datatype";
import { StreamscopeError } from "../../graph/errors";
import { datatypeOf, setDatatype, setLayout } from "../../onnx/annotations";
import { GraphEditor, makeNode, setShape, shapeOf } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, scalarTensor } from "../../onnx/tensor";
import type { Pass } from "../pass";

/** How a network was trained to see pixels: ((x / range) - mean) / deviation, x from 0 to 255. */
export interface Preprocessing {
  readonly range: number;
  /** One a channel, red first. */
  readonly mean: readonly number[];
  /** One for all channels, or one a channel. */
  readonly deviation: readonly number[];
}

/** FINN's and Brevitas' MobileNet-v1: ImageNet's means, and one deviation for the three channels. */
export const MOBILENET_PREPROCESSING: Preprocessing = {
  range: 255,
  mean: [0.485, 0.456, 0.406],
  deviation: [0.226],
};

/**
 * Puts the pre-processing in front, so that the network reads raw bytes, and annotates the
 * input as UINT8. Does nothing if the input is annotated as integer: then it is there already.
 */
export function mergePreprocessing({ range, mean, deviation }: Preprocessing): Pass {
  return {
    name: "MergePreprocessing",
    summary:
      "Puts the scaling of pixels in front, so that the network reads the bytes of an image as they are.",
    apply({ graph }) {
      const input = graph.inputs[0];
      if (!input || isIntegerDataType(datatypeOf(graph, input.name))) return false;
      const shape = shapeOf(graph, input.name);
      if (shape?.length !== 4 || shape[1] !== mean.length) {
        throw new StreamscopeError(
          "unsupported-model",
          `The input "${input.name}" is [${input.shape.join(", ")}]; pre-processing needs [1, ${mean.length}, height, width].`,
          { tensor: input.name },
        );
      }
      const perChannel = (values: readonly number[]): Tensor =>
        values.length === 1 ? scalarTensor(values[0]!) : float32Tensor([1, values.length, 1, 1], values);
      const editor = new GraphEditor(graph);
      let last = input.name;
      for (const [opType, hint, value] of [
        ["Div", "pixel_range", scalarTensor(range)],
        ["Sub", "pixel_mean", perChannel(mean)],
        ["Div", "pixel_deviation", perChannel(deviation)],
      ] as const) {
        const constant = editor.addConstant(hint, value);
        const node = editor.insertOn(last, (from, to) => makeNode(opType, [from, constant], [to]));
        last = node.outputs[0] ?? "";
        setShape(graph, last, shape);
      }
      setDatatype(graph, input.name, "UINT8");
      setLayout(graph, input.name, ["N", "C", "H", "W"]);
      return true;
    },
  };
}
