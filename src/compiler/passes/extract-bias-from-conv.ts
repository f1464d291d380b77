import { type GraphEditor, makeNode, setShape, shapeOf } from "../../onnx/edit";
import type { OnnxNode } from "../../onnx/model";
import { isScalar, reshape } from "../../onnx/tensor";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** Conv with a bias becomes Conv and an Add of `[1, C, 1, 1]`; a quantized bias stays quantized. */
export const ExtractBiasFromConv = nodePass(
  "ExtractBiasFromConv",
  "Splits the bias off a convolution, so that it can be merged into the thresholds behind.",
  (node, editor) => {
    const bias = node.inputs[2];
    if (node.opType !== "Conv" || !bias) return false;
    const shaped = biasAlongChannels(node, bias, editor);
    const output = node.outputs[0] ?? "";
    const shape = shapeOf(editor.graph, output);
    editor.setInput(node, 2, "");
    node.inputs.length = 2;
    const add = editor.insertOn(output, (from, to) => makeNode("Add", [from, shaped], [to]));
    if (shape)
      for (const tensor of [add.inputs[0], add.outputs[0]]) setShape(editor.graph, tensor ?? "", shape);
    return true;
  },
);

/** The name of the bias as `[1, C, 1, 1]`: a constant, or the output of a Quant of constants. */
function biasAlongChannels(node: OnnxNode, bias: string, editor: GraphEditor): string {
  const toChannels = (name: string) => {
    const value = editor.constant(name);
    if (!value || isScalar(value)) return name;
    return editor.addConstant(name, reshape(value, [1, value.data.length, 1, 1]));
  };
  if (editor.constant(bias)) return toChannels(bias);
  const quant = editor.producer(bias);
  if (quant?.opType !== "Quant" || !quant.inputs.every((name) => editor.constant(name))) {
    refuse(node, "its bias is computed; only constant biases are supported");
  }
  const output = editor.uniqueName(bias);
  editor.insertAfter(quant, {
    ...quant,
    name: "",
    inputs: quant.inputs.map(toChannels),
    outputs: [output],
    attributes: new Map(quant.attributes),
  });
  return output;
}
