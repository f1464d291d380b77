import { floatAttr, intAttr, ints } from "../../onnx/attributes";
import { makeNode } from "../../onnx/edit";
import type { OnnxNode } from "../../onnx/model";
import { scalarTensor } from "../../onnx/tensor";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** Gemm(a, b, c) = alpha * a b + beta * c becomes Transpose (of b, if asked for), MatMul, Mul (alpha), Add (c). */
export const GemmToMatMul = nodePass(
  "GemmToMatMul",
  "Writes Gemm as MatMul and Add, the form that the other passes know.",
  (node, editor) => {
    if (node.opType !== "Gemm") return false;
    const [a = "", b = "", c = ""] = node.inputs;
    if (intAttr(node, "transA", 0) !== 0) refuse(node, "transA is not supported");
    if (c && floatAttr(node, "beta", 1) !== 1) refuse(node, "beta other than 1 is not supported");

    const replacement: OnnxNode[] = [];
    const append = (opType: string, inputs: string[], attributes = {}): string => {
      const output = editor.uniqueName(`${node.outputs[0]}_${opType}`);
      replacement.push(makeNode(opType, inputs, [output], attributes));
      return output;
    };
    const weights = intAttr(node, "transB", 0) ? append("Transpose", [b], { perm: ints([1, 0]) }) : b;
    let result = append("MatMul", [a, weights]);
    const alpha = floatAttr(node, "alpha", 1);
    if (alpha !== 1) result = append("Mul", [result, editor.addConstant("alpha", scalarTensor(alpha))]);
    if (c) append("Add", [result, c]);

    editor.insertBefore(node, ...replacement);
    editor.remove(node);
    const last = replacement.at(-1);
    if (last) editor.setOutput(last, 0, node.outputs[0] ?? "");
    return true;
  },
);
