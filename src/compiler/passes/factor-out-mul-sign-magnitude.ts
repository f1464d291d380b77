import { setDatatype } from "../../onnx/annotations";
import { makeNode, setShape, shapeOf } from "../../onnx/edit";
import { everyValue, mapTensor } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { nodePass } from "../node-pass";

/**
 * A factor with negative values becomes Mul(sign) and Mul(magnitude): the sign can then flip
 * weights, the magnitude scale thresholds. The sign of 0 is taken as +1 (its magnitude is 0
 * all the same), so that signs are BIPOLAR.
 */
export const FactorOutMulSignMagnitude = nodePass(
  "FactorOutMulSignMagnitude",
  "A factor with negative values splits into its sign and its magnitude.",
  (node, editor) => {
    const factor = constantOperand(editor, node, "Mul");
    if (!factor || everyValue(factor.value, (m) => m >= 0)) return false;
    if (everyValue(factor.value, (m) => Math.abs(m) === 1)) return false;

    const between = editor.uniqueName(`${node.name}_signed`);
    const shape = shapeOf(editor.graph, factor.input);
    if (shape) setShape(editor.graph, between, shape);
    const signs = editor.addConstant(
      `${node.name}_sign`,
      mapTensor(factor.value, (m) => (m < 0 ? -1 : 1)),
    );
    setDatatype(editor.graph, signs, "BIPOLAR");
    replaceConstant(editor, node, factor.slot, mapTensor(factor.value, Math.abs));
    const name = editor.uniqueName(`${node.name}_Sign`);
    editor.setInput(node, 1 - factor.slot, between);
    editor.insertBefore(node, makeNode("Mul", [factor.input, signs], [between], {}, { name }));
    return true;
  },
);
