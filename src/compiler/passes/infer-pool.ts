import { bitLength } from "../../graph/datatype";
import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { int, intAttr, ints, string, stringAttr } from "../../onnx/attributes";
import { setShape, shapeOf } from "../../onnx/edit";
import { quantAvgPoolShift } from "../evaluate/pool";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";
import { makeIm2Col } from "./lower-convs-to-mat-mul";

/**
 * The average pool becomes Im2Col, one channel at a time, and Pool, which sums each window and
 * shifts the sum right (FINN: sum of k*k values in AccumBits, Size bits shifted out).
 */
export const InferPool = nodePass(
  "InferPool",
  "The average pool becomes windows and a Pool, which sums and shifts.",
  (node, editor) => {
    if (node.opType !== "QuantAvgPool2d") return false;
    const { graph } = editor;
    const [input = ""] = node.inputs;
    const [output = ""] = node.outputs;
    if (stringAttr(node, "data_layout", "NCHW") !== "NHWC")
      refuse(node, "a Transpose in front of it could not be moved away");
    const [n = 1, height = 0, width = 0, channels = 0] =
      shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    const [, oh = 0, ow = 0] = shapeOf(graph, output) ?? refuse(node, "the shape of its output is not known");
    const kernel = intAttr(node, "kernel", 1);
    const stride = intAttr(node, "stride", 1);
    const inputBits = intAttr(node, "ibits", 8);
    const outputBits = intAttr(node, "obits", 8);
    const signed = intAttr(node, "signed", 0) === 1;
    const type = integerType(graph, node, input, "its input has");
    if (type.bits > inputBits || type.signed !== signed) {
      refuse(node, `it expects ${signed ? "INT" : "UINT"}${inputBits}, but ${type.name} comes in`);
    }

    const windows = editor.uniqueName(`${node.name}_windows`);
    setShape(graph, windows, [n, oh, ow, kernel * kernel * channels]);
    setDatatype(graph, windows, datatypeOf(graph, input));
    const window = {
      kernel: [kernel, kernel],
      stride: [stride, stride],
      dilation: [1, 1],
      pads: [0, 0, 0, 0],
    } as const;
    editor.insertAfter(
      node,
      makeIm2Col(input, windows, window, [n, height, width, channels], true),
      makeHardwareNode("Pool", [windows], output, {
        Channels: int(channels),
        KernelSize: ints([kernel, kernel]),
        Function: string("QuantAvgPool"),
        OutImgDims: ints([oh, ow]),
        AccumBits: int(bitLength((2 ** inputBits - 1) * kernel * kernel)),
        Size: int(quantAvgPoolShift(inputBits, outputBits, kernel)),
      }),
    );
    editor.remove(node);
    return true;
  },
);
