import type { NodeKind } from "../../graph/dataflow";

/** How a kind of node is drawn: what moves values, what multiplies depthwise or pointwise, the rest. */
export type NodeTone = "move" | "vvau" | "mvau" | "other";

/** What each kind of hardware node is, for someone who has never built one. */
export const nodeKinds: Record<NodeKind, { readonly tone: NodeTone; readonly meaning: string }> = {
  FMPadding: { tone: "move", meaning: "Puts a border of zeros around the feature map." },
  ConvolutionInputGenerator: {
    tone: "move",
    meaning: "Sliding window: a line buffer that puts out every window of the feature map.",
  },
  MVAU: {
    tone: "mvau",
    meaning:
      "Matrix-vector-activation unit: every pixel’s vector times the weights, then thresholds, if any.",
  },
  VVAU: {
    tone: "vvau",
    meaning: "Vector-vector-activation unit: a depthwise convolution, then thresholds, if any.",
  },
  Thresholding: { tone: "other", meaning: "Turns accumulators into activations by counting thresholds." },
  Pool: { tone: "other", meaning: "Average pool: the sum of a window, shifted right." },
  ChannelwiseOp: { tone: "other", meaning: "Adds one number a channel: the bias." },
  LabelSelect: { tone: "other", meaning: "Picks the classes with the highest logits." },
};

/** The legend: each tone with what it stands for. */
export const toneNames: readonly (readonly [tone: NodeTone, name: string])[] = [
  ["mvau", "pointwise and full (MVAU)"],
  ["vvau", "depthwise (VVAU)"],
  ["move", "padding, sliding window"],
  ["other", "pool, bias, labels"],
];
