import { GraphEditor } from "../onnx/edit";
import type { OnnxNode } from "../onnx/model";
import type { Pass } from "./pass";

/**
 * A pass that looks at one node at a time, in stream order. `visit` says whether it changed
 * anything; a node that an earlier visit took out is not visited.
 */
export function nodePass(
  name: string,
  summary: string,
  visit: (node: OnnxNode, editor: GraphEditor) => boolean,
): Pass {
  return {
    name,
    summary,
    apply: ({ graph }) => {
      const editor = new GraphEditor(graph);
      let changed = false;
      for (const node of editor.nodes()) {
        if (!editor.isRemoved(node) && visit(node, editor)) changed = true;
      }
      return changed;
    },
  };
}
