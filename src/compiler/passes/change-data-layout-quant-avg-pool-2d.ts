import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { string, stringAttr } from "../../onnx/attributes";
import { setShape, shapeOf } from "../../onnx/edit";
import { makeTranspose, permuted, TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from "../layout";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** The pool works on NHWC, as the hardware does, between two Transposes that later passes cancel. */
export const ChangeDataLayoutQuantAvgPool2d = nodePass(
  "ChangeDataLayoutQuantAvgPool2d",
  "The average pool takes its channels last, as they stream through the hardware.",
  (node, editor) => {
    if (node.opType !== "QuantAvgPool2d" || stringAttr(node, "data_layout", "NCHW") !== "NCHW") return false;
    const { graph } = editor;
    const [input = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const inputShape = shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    const outputShape = shapeOf(graph, output) ?? refuse(node, "the shape of its output is not known");

    const pooledFrom = editor.uniqueName(`${node.name}_nhwc_in`);
    const pooledTo = editor.uniqueName(`${node.name}_nhwc_out`);
    setShape(graph, pooledFrom, permuted(inputShape, TO_CHANNELS_LAST));
    setShape(graph, pooledTo, permuted(outputShape, TO_CHANNELS_LAST));
    setDatatype(graph, pooledFrom, datatypeOf(graph, input));
    setDatatype(graph, pooledTo, datatypeOf(graph, output));
    const before = editor.uniqueName(`${node.name}_ToChannelsLast`);
    const after = editor.uniqueName(`${node.name}_ToChannelsFirst`);
    node.attributes.set("data_layout", string("NHWC"));
    editor.setInput(node, 0, pooledFrom);
    editor.setOutput(node, 0, pooledTo);
    editor.insertBefore(node, makeTranspose(TO_CHANNELS_LAST, input, pooledFrom, before));
    editor.insertAfter(node, makeTranspose(TO_CHANNELS_FIRST, pooledTo, output, after));
    return true;
  },
);
