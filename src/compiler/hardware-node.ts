import { makeNode } from "../onnx/edit";
import type { Attribute, OnnxNode } from "../onnx/model";

/** Domain of FINN's hardware layers; `.hls` or `.rtl` is added when one is chosen. */
export const HARDWARE_DOMAIN = "finn.custom_op.fpgadataflow";

/** A hardware layer with FINN's operator and attribute names. Its name is given later, by its place. */
export function makeHardwareNode(
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>>,
): OnnxNode {
  return makeNode(opType, inputs, [output], attributes, { domain: HARDWARE_DOMAIN });
}

export function isHardwareNode(node: OnnxNode | undefined): node is OnnxNode {
  return node?.domain.startsWith(HARDWARE_DOMAIN) ?? false;
}
