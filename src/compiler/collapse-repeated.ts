import type { OnnxNode, Tensor } from "../onnx/model";
import { constantOperand, replaceConstant } from "./constant-operand";
import { nodePass } from "./node-pass";
import type { Pass } from "./pass";

/**
 * A pass that merges pairs of neighbouring nodes of one operator, each with a constant.
 *
 * The order of the roundings is FINN's: a sweep merges neighbours two by two from the front,
 * so that four factors a b c d become (b * a) (d * c), and in the next sweep (d * c) * (b * a).
 * Another order can move a threshold by one float32 step, and with it an integer.
 */
export function collapseRepeated(
  name: string,
  summary: string,
  opType: string,
  merge: (second: Tensor, first: Tensor) => Tensor,
): Pass {
  return {
    name,
    summary,
    apply: (model) => {
      const mergedInThisSweep = new Set<OnnxNode>();
      const sweep = nodePass(name, summary, (node, editor) => {
        const first = constantOperand(editor, node, opType);
        const next = editor.soleConsumer(node.outputs[0]);
        const second = constantOperand(editor, next, opType);
        if (!first || !next || !second || mergedInThisSweep.has(node)) return false;
        replaceConstant(editor, next, second.slot, merge(second.value, first.value));
        editor.remove(node);
        editor.setInput(next, 1 - second.slot, first.input);
        mergedInThisSweep.add(next);
        return true;
      });
      return sweep.apply(model);
    },
  };
}
