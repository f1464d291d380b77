import { setDatatype } from "../../onnx/annotations";
import { int, intAttr } from "../../onnx/attributes";
import { setShape, shapeOf } from "../../onnx/edit";
import { isFlatten, makeFlatten } from "../layout";
import { nodePass } from "../node-pass";

/** A Flatten of a map of one pixel moves behind TopK, out of the accelerator: the host reads `[1, 1, 1, k]`. */
export const MoveFlattenPastTopK = nodePass(
  "MoveFlattenPastTopK",
  "A Flatten of a map of one pixel moves behind TopK, out of the accelerator.",
  (node, editor) => {
    const { graph } = editor;
    const topK = editor.soleConsumer(node.outputs[0]);
    const shape = shapeOf(graph, node.inputs[0] ?? "");
    if (topK?.opType !== "TopK" || !isFlatten(graph, node)) return false;
    if (shape?.length !== 4 || shape.slice(0, 3).some((dim) => dim !== 1)) return false;
    if (![-1, 1].includes(intAttr(topK, "axis", -1))) return false;
    const [values = "", indices = ""] = topK.outputs;
    const k = shapeOf(graph, indices)?.[1];
    if (!k || editor.consumers(values).length > 0 || editor.isGraphOutput(values)) return false;

    const unflattened = editor.uniqueName(`${topK.name}_indices`);
    setShape(graph, unflattened, [1, 1, 1, k], "int64");
    setDatatype(graph, unflattened, "UINT32");
    if (values) setShape(graph, values, [1, 1, 1, k]);
    topK.attributes.set("axis", int(-1));
    editor.remove(node);
    editor.setInput(topK, 0, node.inputs[0] ?? "");
    editor.setOutput(topK, 1, unflattened);
    editor.insertAfter(topK, makeFlatten(unflattened, indices, node.name));
    return true;
  },
);
