import { setDatatype } from "../../onnx/annotations";
import { int } from "../../onnx/attributes";
import { readActivation } from "../activation";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";

/** A MultiThreshold on integers becomes a Thresholding unit of its own. */
export const InferThresholdingLayer = nodePass(
  "InferThresholdingLayer",
  "Thresholds that no matrix unit has taken in become units of their own.",
  (node, editor) => {
    if (node.opType !== "MultiThreshold") return false;
    const [input = "", name = ""] = node.inputs;
    const [output = ""] = node.outputs;
    integerType(editor.graph, node, input, "its input has");
    const { thresholds, actVal, datatype } = readActivation(editor, node);
    const [channels = 0, steps = 0] = thresholds.shape;
    const constant = editor.addConstant(name, thresholds);
    const attributes = { NumChannels: int(channels), numSteps: int(steps), ActVal: int(actVal) };
    editor.insertBefore(node, makeHardwareNode("Thresholding", [input, constant], output, attributes));
    editor.remove(node);
    setDatatype(editor.graph, output, datatype);
    return true;
  },
);
