import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { int, intAttr, ints } from "../../onnx/attributes";
import { setShape, shapeOf } from "../../onnx/edit";
import { im2ColWindow, outputSize } from "../evaluate/window";
import { makeHardwareNode } from "../hardware-node";
import { integerType } from "../integer-input";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/**
 * Im2Col becomes FMPadding, where there is padding, and ConvolutionInputGenerator, the sliding
 * window unit. FINN makes a DownSampler of a 1x1 window with stride; here that is a sliding
 * window too, which puts out the same values.
 */
export const InferConvInpGen = nodePass(
  "InferConvInpGen",
  "Windows become a padding unit and a sliding window unit.",
  (node, editor) => {
    if (node.opType !== "Im2Col") return false;
    const { graph } = editor;
    const [input = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const [n = 1, height = 0, width = 0, channels = 0] =
      shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    const window = im2ColWindow(node);
    const [top, left, bottom, right] = window.pads;
    const type = integerType(graph, node, input, "its input has");

    let unpadded = input;
    const padded = [height + top + bottom, width + left + right] as const;
    if (window.pads.some((pad) => pad > 0)) {
      if (type.name === "BIPOLAR") refuse(node, "it pads with 0, which BIPOLAR does not have");
      unpadded = editor.uniqueName(`${node.name}_padded`);
      setShape(graph, unpadded, [n, ...padded, channels]);
      setDatatype(graph, unpadded, datatypeOf(graph, input));
      editor.insertBefore(
        node,
        makeHardwareNode("FMPadding", [input], unpadded, {
          ImgDim: ints([height, width]),
          Padding: ints([top, left, bottom, right]),
          NumChannels: int(channels),
        }),
      );
    }
    editor.insertBefore(
      node,
      makeHardwareNode("ConvolutionInputGenerator", [unpadded], output, {
        ConvKernelDim: ints(window.kernel),
        Stride: ints(window.stride),
        Dilation: ints(window.dilation),
        IFMDim: ints(padded),
        OFMDim: ints(outputSize(node, window, height, width)),
        IFMChannels: int(channels),
        depthwise: int(intAttr(node, "depthwise", 0)),
      }),
    );
    editor.remove(node);
    return true;
  },
);
