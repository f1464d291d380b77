import { int, uint } from "../../graph/datatype";
import { setDatatype } from "../../onnx/annotations";
import { type GraphEditor, makeNode } from "../../onnx/edit";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { divide, everyValue, isScalar, mapTensor, reshape, scalarTensor } from "../../onnx/tensor";
import { evaluateNode } from "../evaluate/node";
import { roundHalfEven } from "../evaluate/quantization";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";
import { isBipolarQuantizer, isQuantizer, type Quantizer, readQuantizer } from "../quantizer";

/** Wider weights have no hardware here. Biases may be wider: they are only added. */
const MAX_WEIGHT_BITS = 8;

/**
 * A quantizer of constants becomes those integers, annotated with their type, and its scale
 * moves behind the layer: Conv(x, s w) = s Conv(x, w). In front of an Add, the other operand
 * is divided by the scale and the sum multiplied: x + s b = s (x / s + b).
 */
export const FoldQuantWeights = nodePass(
  "FoldQuantWeights",
  "Replaces quantized weights by their integers and moves their scale behind the layer.",
  (node, editor) => {
    const input = editor.constant(node.inputs[0]);
    const output = node.outputs[0] ?? "";
    if (!isQuantizer(node) || !input) return false;
    const quantizer = readQuantizer(node, editor);
    const values = evaluateNode(
      node,
      node.inputs.map((name) => editor.constant(name)),
    )[0]!;
    const integers = mapTensor(divide(values, quantizer.scale), roundHalfEven);
    for (const consumer of new Set(editor.consumers(output))) {
      moveScaleBehind(consumer, output, quantizer, editor);
    }
    const name = editor.addConstant(`${output}_int`, integers);
    setDatatype(editor.graph, name, datatypeOfQuantizer(quantizer));
    editor.redirectConsumers(output, name);
    editor.remove(node);
    return true;
  },
);

function datatypeOfQuantizer(quantizer: Quantizer): string {
  if (isBipolarQuantizer(quantizer)) return "BIPOLAR";
  return (quantizer.signed ? int : uint)(quantizer.bits).name;
}

function moveScaleBehind(
  consumer: OnnxNode,
  weights: string,
  quantizer: Quantizer,
  editor: GraphEditor,
): void {
  const slot = consumer.inputs.indexOf(weights);
  const { opType } = consumer;
  const isLayer = (opType === "Conv" || opType === "MatMul") && slot === 1;
  if (!isLayer && opType !== "Add")
    refuse(consumer, "quantized constants are supported as weights and biases only");
  if (isLayer && quantizer.bits > MAX_WEIGHT_BITS) {
    refuse(consumer, `its weights have ${quantizer.bits} bits; up to ${MAX_WEIGHT_BITS} are supported`);
  }
  if (everyValue(quantizer.scale, (value) => value === 1)) return;
  const scale = isLayer ? outputScale(consumer, quantizer.scale) : quantizer.scale;
  const name = editor.addConstant(`${consumer.name}_scale`, scale);
  if (!isLayer) {
    const data = 1 - slot;
    const divided = editor.uniqueName(`${consumer.name}_divided`);
    editor.insertBefore(consumer, makeNode("Div", [consumer.inputs[data] ?? "", name], [divided]));
    editor.setInput(consumer, data, divided);
  }
  editor.insertOn(consumer.outputs[0] ?? "", (from, to) => makeNode("Mul", [from, name], [to]));
}

/** The scale of weights as a factor of the layer's output: one number, or one an output channel. */
function outputScale(layer: OnnxNode, scale: Tensor): Tensor {
  if (isScalar(scale)) return scalarTensor(scale.data[0]!);
  const { shape } = scale;
  const channels = scale.data.length;
  if (layer.opType === "Conv") {
    // Weights are [out, in, kh, kw].
    if (shape.length === 4 && shape[0] === channels) return reshape(scale, [1, channels, 1, 1]);
  } else if (shape.at(-1) === channels) {
    // Weights are [in, out].
    return reshape(scale, [1, channels]);
  }
  return refuse(layer, `a weight scale of shape [${shape}] is not one per output channel`);
}
