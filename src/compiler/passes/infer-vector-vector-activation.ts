import { absorbActivation } from "../absorb-activation";
import { nodePass } from "../node-pass";

/**
 * The thresholds behind a depthwise product become part of its VVAU. (The VVAU itself is there
 * since LowerConvsToMatMul, which says why.)
 */
export const InferVectorVectorActivation = nodePass(
  "InferVectorVectorActivation",
  "Thresholds behind a depthwise convolution become part of its vector-vector unit.",
  (node, editor) => node.opType === "VVAU" && absorbActivation(editor, node),
);
