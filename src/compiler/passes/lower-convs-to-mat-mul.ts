import { datatypeOf, setDatatype } from "../../onnx/annotations";
import { int, ints, string } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { type GraphEditor, makeNode, setShape, shapeOf } from "../../onnx/edit";
import type { OnnxNode, Tensor } from "../../onnx/model";
import { reshape, transpose } from "../../onnx/tensor";
import { isDepthwise } from "../channels";
import { type Window, windowOf } from "../evaluate/window";
import { makeHardwareNode } from "../hardware-node";
import { makeTranspose, permuted, TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from "../layout";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

/**
 * A convolution becomes Im2Col, which writes out each window as a vector in (kh, kw, channel)
 * order, and a matrix product with weights of the same order, all with channels last. A 1x1
 * convolution with stride 1 needs no windows.
 *
 * A depthwise convolution becomes Im2Col and a VVAU without activation. FINN takes a detour
 * there: it makes a MatMul of it, with the weights spread over a (kh*kw*C, C) matrix of zeros,
 * and reads them back when it makes the VVAU. For one layer of MobileNet that matrix has 38 MB.
 */
export const LowerConvsToMatMul = nodePass(
  "LowerConvsToMatMul",
  "Convolutions become windows and matrix products, with the channels last.",
  (node, editor) => {
    if (node.opType !== "Conv") return false;
    const { graph } = editor;
    const [input = "", weightsName = "", bias] = node.inputs;
    const [output = ""] = node.outputs;
    const weights = editor.constant(weightsName) ?? refuse(node, "its weights are not constant");
    if (bias) refuse(node, "it still has a bias, which belongs into an Add behind it");
    const inputShape = shapeOf(graph, input) ?? refuse(node, "the shape of its input is not known");
    const outputShape = shapeOf(graph, output) ?? refuse(node, "the shape of its output is not known");
    const [outChannels = 0, groupChannels = 0, ...kernel] = weights.shape;
    const window = windowOf(node, kernel);
    const depthwise = isDepthwise(node, weights);
    if (!depthwise && groupChannels !== inputShape[1]) {
      refuse(node, "only ordinary and depthwise convolutions are supported, not other groups");
    }

    const tensor = (hint: string, shape: readonly number[], datatype: string) => {
      const name = editor.uniqueName(`${node.name}_${hint}`);
      setShape(graph, name, shape);
      setDatatype(graph, name, datatype);
      return name;
    };
    const inputType = datatypeOf(graph, input);
    const pixels = permuted(inputShape, TO_CHANNELS_LAST);
    const result = permuted(outputShape, TO_CHANNELS_LAST);
    const channelsLast = tensor("nhwc", pixels, inputType);
    const nodes: OnnxNode[] = [
      makeTranspose(TO_CHANNELS_LAST, input, channelsLast, editor.uniqueName(`${node.name}_ToChannelsLast`)),
    ];
    let windows = channelsLast;
    if (!isPointwise(window)) {
      const [n = 1, oh = 1, ow = 1] = result;
      windows = tensor(
        "windows",
        [n, oh, ow, window.kernel[0] * window.kernel[1] * (pixels[3] ?? 1)],
        inputType,
      );
      nodes.push(makeIm2Col(channelsLast, windows, window, pixels, depthwise));
    }
    const sums = tensor("sums", result, datatypeOf(graph, output));
    nodes.push(
      depthwise
        ? makeVvau(windows, weightsName, sums, outChannels, window.kernel)
        : makeMatMul(editor, node, windows, weights, sums),
      makeTranspose(TO_CHANNELS_FIRST, sums, output, editor.uniqueName(`${node.name}_ToChannelsFirst`)),
    );
    editor.insertAfter(node, ...nodes);
    editor.remove(node);
    return true;
  },
);

function isPointwise({ kernel, stride, pads }: Window): boolean {
  return [...kernel, ...stride].every((n) => n === 1) && pads.every((n) => n === 0);
}

/** qonnx's Im2Col over `[n, h, w, c]`. */
export function makeIm2Col(
  input: string,
  output: string,
  { kernel, stride, dilation, pads }: Window,
  inputShape: readonly number[],
  depthwise: boolean,
): OnnxNode {
  const attributes = {
    kernel_size: ints(kernel),
    stride: ints(stride),
    dilations: ints(dilation),
    pad_amount: ints(pads),
    pad_value: int(0),
    input_shape: string(`(${inputShape.join(",")})`),
    depthwise: int(depthwise ? 1 : 0),
  };
  return makeNode("Im2Col", [input], [output], attributes, { domain: QONNX_DOMAIN });
}

function makeVvau(
  input: string,
  weights: string,
  output: string,
  channels: number,
  kernel: readonly number[],
): OnnxNode {
  const attributes = { Channels: int(channels), Kernel: ints(kernel), noActivation: int(1), ActVal: int(0) };
  return makeHardwareNode("VVAU", [input, weights], output, attributes);
}

/** The weights `[out, in, kh, kw]` become `[kh * kw * in, out]`. */
function makeMatMul(
  editor: GraphEditor,
  conv: OnnxNode,
  input: string,
  weights: Tensor,
  output: string,
): OnnxNode {
  const [outChannels = 0] = weights.shape;
  const rows = weights.data.length / outChannels;
  const matrix = reshape(transpose(weights, [2, 3, 1, 0]), [rows, outChannels]);
  const name = editor.addConstant(`${conv.name}_matrix`, matrix);
  setDatatype(editor.graph, name, datatypeOf(editor.graph, conv.inputs[1] ?? ""));
  return makeNode("MatMul", [input, name], [output]);
}
