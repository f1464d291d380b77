import { floatAttr, intAttr } from "../../onnx/attributes";
import { makeNode, setShape, shapeOf } from "../../onnx/edit";
import { add, divide, everyValue, mapTensor, multiply, scalarTensor, subtract } from "../../onnx/tensor";
import { channelTensor } from "../channels";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/**
 * BatchNormalization becomes Mul(A) and Add(B), a number each per channel, with
 * A = gamma / sqrt(eps + var) and B = beta - A * mean; every operation is rounded to float32.
 */
export const BatchNormToAffine = nodePass(
  "BatchNormToAffine",
  "Batch normalisation becomes a factor and an offset for each channel.",
  (node, editor) => {
    if (node.opType !== "BatchNormalization") return false;
    if (intAttr(node, "training_mode", 0) !== 0) {
      refuse(node, "it is in training mode; export the model in evaluation mode");
    }
    const [input = "", ...parameters] = node.inputs;
    const output = node.outputs[0] ?? "";
    const shape = shapeOf(editor.graph, input) ?? refuse(node, "the shape of its input is not known");
    const [gamma, beta, mean, variance] = parameters.map((name) => editor.constant(name));
    if (!gamma || !beta || !mean || !variance) refuse(node, "its parameters are not constant");

    const epsilon = scalarTensor(floatAttr(node, "epsilon", 1e-5));
    const factor = divide(gamma, mapTensor(add(epsilon, variance), Math.sqrt));
    const offset = subtract(beta, multiply(factor, mean));
    if (!everyValue(factor, Number.isFinite) || !everyValue(offset, Number.isFinite)) {
      refuse(node, "its factor or offset is not finite; look at its variance");
    }

    const between = editor.uniqueName(`${node.name}_scaled`);
    setShape(editor.graph, between, shape);
    const a = editor.addConstant(`${node.name}_A`, channelTensor(factor.data, 1, shape.length));
    const b = editor.addConstant(`${node.name}_B`, channelTensor(offset.data, 1, shape.length));
    editor.insertAfter(
      node,
      makeNode("Mul", [input, a], [between], {}, { name: editor.uniqueName(`${node.name}_Mul`) }),
      makeNode("Add", [between, b], [output], {}, { name: editor.uniqueName(`${node.name}_Add`) }),
    );
    editor.remove(node);
    return true;
  },
);
