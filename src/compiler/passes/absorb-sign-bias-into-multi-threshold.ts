import { smallestDataType } from "../../graph/datatype";
import { setDatatype } from "../../onnx/annotations";
import { float, floatAttr, string } from "../../onnx/attributes";
import { isScalar, scalarOf } from "../../onnx/tensor";
import { constantOperand } from "../constant-operand";
import { nodePass } from "../node-pass";

/**
 * A signed activation is exported as thresholds that count from 0, and an Add of the type's
 * lowest value. The Add becomes the MultiThreshold's `out_bias`, if the sum is integer and
 * needs no more bits than the count alone.
 */
export const AbsorbSignBiasIntoMultiThreshold = nodePass(
  "AbsorbSignBiasIntoMultiThreshold",
  "The offset that makes an activation signed becomes part of its thresholds.",
  (node, editor) => {
    if (node.opType !== "MultiThreshold" || floatAttr(node, "out_scale", 1) !== 1) return false;
    const next = editor.soleConsumer(node.outputs[0]);
    const operand = constantOperand(editor, next, "Add");
    const steps = editor.constant(node.inputs[1])?.shape[1];
    if (!next || !operand || !isScalar(operand.value) || !steps) return false;

    const bias = floatAttr(node, "out_bias", 0) + scalarOf(operand.value);
    if (!Number.isInteger(bias)) return false;
    const datatype = smallestDataType(bias, bias + steps);
    if (datatype.bits > smallestDataType(0, steps).bits) return false;

    const output = next.outputs[0] ?? "";
    editor.remove(next);
    editor.setOutput(node, 0, output);
    node.attributes.set("out_bias", float(bias));
    node.attributes.set("out_dtype", string(datatype.name));
    setDatatype(editor.graph, output, datatype.name);
    return true;
  },
);
