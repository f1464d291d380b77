import { dataType } from "../../graph/datatype";
import { datatypeOf } from "../../onnx/annotations";
import { intAttr } from "../../onnx/attributes";
import type { OnnxGraph, OnnxNode } from "../../onnx/model";
import { HARDWARE_DOMAIN } from "../hardware-node";
import { nodePass } from "../node-pass";
import { refuse } from "../pass";

type Style = "hls" | "rtl";

/** How each layer is built: generated from C++ (hls) or written in Verilog (rtl). */
const STYLES: Readonly<Record<string, (graph: OnnxGraph, node: OnnxNode) => Style>> = {
  FMPadding: () => "rtl",
  ConvolutionInputGenerator: () => "rtl",
  Thresholding: () => "rtl",
  MVAU: (graph, node) => (fitsDspUnit(graph, node) ? "rtl" : "hls"),
  // The rtl VVAU exists for Versal only.
  VVAU: () => "hls",
  Pool: () => "hls",
  ChannelwiseOp: () => "hls",
  LabelSelect: () => "hls",
};

/** Each layer gets its implementation, as FINN chooses it for UltraScale+ boards: rtl where there is one that fits. */
export const SpecializeLayers = nodePass(
  "SpecializeLayers",
  "Each unit gets its implementation: rtl where FINN has one that fits, else hls.",
  (node, { graph }) => {
    if (node.domain !== HARDWARE_DOMAIN) return false;
    const choose = STYLES[node.opType] ?? refuse(node, "there is no hardware for it");
    const style = choose(graph, node);
    node.opType = `${node.opType}_${style}`;
    node.domain = `${HARDWARE_DOMAIN}.${style}`;
    return true;
  },
);

/** FINN's rtl matrix unit packs 4 to 8 bit products into DSP slices: signed weights, no thresholds inside. */
function fitsDspUnit(graph: OnnxGraph, node: OnnxNode): boolean {
  const [input, weights] = node.inputs.slice(0, 2).map((name) => dataType(datatypeOf(graph, name)));
  if (!input || !weights || intAttr(node, "noActivation", 0) === 0 || !weights.signed) return false;
  return [input, weights].every(({ bits }) => bits >= 4 && bits <= 8);
}
