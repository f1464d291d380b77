import { bitLength, uint } from "../../graph/datatype";
import { setDatatype } from "../../onnx/annotations";
import { int, intAttr } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import { sizeOfShape } from "../../onnx/tensor";
import { normalAxis } from "../evaluate/shape";
import { topKCount } from "../evaluate/top-k";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** TopK over the classes becomes LabelSelect, which puts out the indices only. */
export const InferLabelSelectLayer = nodePass(
  "InferLabelSelectLayer",
  "TopK becomes the unit that selects the best labels.",
  (node, editor) => {
    if (node.opType !== "TopK") return false;
    const { graph } = editor;
    const [input = "", k = ""] = node.inputs;
    const [values = "", indices = ""] = node.outputs;
    const shape = shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    integerType(graph, node, input, "its input has");
    const labels = shape.at(-1) ?? 1;
    const last = normalAxis(node, intAttr(node, "axis", -1), shape.length) === shape.length - 1;
    if (!last || sizeOfShape(shape) !== labels) {
      refuse(
        node,
        `it chooses along one axis of a map [${shape}]; the hardware chooses among the values of one vector`,
      );
    }
    if (intAttr(node, "largest", 1) !== 1 || intAttr(node, "sorted", 1) !== 1) {
      refuse(node, "the hardware puts out the largest values in order; others are not supported");
    }
    if (editor.isGraphOutput(values) || editor.consumers(values).length > 0) {
      refuse(node, "the hardware puts out indices, no values");
    }
    const count = topKCount(node, editor.constant(k));
    if (count < 1 || count > labels) refuse(node, `it asks for ${count} of ${labels} classes`);
    const attributes = { Labels: int(labels), K: int(count) };
    editor.insertBefore(node, makeHardwareNode("LabelSelect", [input], indices, attributes));
    editor.remove(node);
    // FINN rounds the width of an index up to whole bytes.
    setDatatype(graph, indices, uint(Math.ceil(Math.max(1, bitLength(labels - 1)) / 8) * 8).name);
    return true;
  },
);
