import { int, ints } from "../../onnx/attributes";
import { shapeOf } from "../../onnx/edit";
import { absorbActivation } from "../absorb-activation";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/** A product of integers becomes an MVAU, together with the thresholds behind it, if there are any. */
export const InferQuantizedMatrixVectorActivation = nodePass(
  "InferQuantizedMatrixVectorActivation",
  "Matrix products become matrix-vector units, with the thresholds behind them.",
  (node, editor) => {
    if (node.opType !== "MatMul") return false;
    const { graph } = editor;
    const [input = "", weightsName = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const weights = editor.constant(weightsName) ?? refuse(node, "its weights are not constant");
    const shape = shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    integerType(graph, node, input, "its input has");
    integerType(graph, node, weightsName, "its weights are");
    const [mw = 0, mh = 0] = weights.shape;
    const unit = makeHardwareNode("MVAU", [input, weightsName], output, {
      MW: int(mw),
      MH: int(mh),
      numInputVectors: ints(shape.slice(0, -1)),
      noActivation: int(1),
      ActVal: int(0),
    });
    editor.insertBefore(node, unit);
    editor.remove(node);
    absorbActivation(editor, unit);
    return true;
  },
);
