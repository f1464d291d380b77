import { everyValue, mapTensor } from "../../onnx/tensor";
import { constantOperand, replaceConstant } from "../constant-operand";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** Div(c) becomes Mul(1/c), the reciprocal rounded to float32. */
export const ConvertDivToMul = nodePass(
  "ConvertDivToMul",
  "Dividing by a constant becomes multiplying by its reciprocal.",
  (node, editor) => {
    const operand = constantOperand(editor, node, "Div");
    if (operand?.slot !== 1) return false;
    if (!everyValue(operand.value, (divisor) => divisor !== 0)) refuse(node, "it divides by zero");
    node.opType = "Mul";
    replaceConstant(
      editor,
      node,
      1,
      mapTensor(operand.value, (divisor) => 1 / divisor),
    );
    return true;
  },
);
