import type { NodeKind, NodeOf } from "../graph/dataflow";
import { channelwise } from "./channelwise";
import { fmPadding } from "./fmpadding";
import { labelSelect } from "./label-select";
import type { Folded, HardwareModel, LegalFolding, MemoryEfficiency, Resources } from "./model";
import { mvau } from "./mvau";
import { pool } from "./pool";
import { slidingWindow } from "./sliding-window";
import { thresholding } from "./thresholding";
import { vvau } from "./vvau";

/** The hardware of every node kind. */
export const hardwareModels: { readonly [K in NodeKind]: HardwareModel<K> } = {
  FMPadding: fmPadding,
  ConvolutionInputGenerator: slidingWindow,
  MVAU: mvau,
  VVAU: vvau,
  Thresholding: thresholding,
  Pool: pool,
  ChannelwiseOp: channelwise,
  LabelSelect: labelSelect,
};

/** The PE and SIMD values that cut a node's work into whole beats. */
export function legalFolding<K extends NodeKind>(kind: K, node: NodeOf<K>): LegalFolding {
  return hardwareModels[kind].legal(node);
}

/** Shape of the input stream in beats; the last dimension is a beat. FINN: get_folded_input_shape. */
export function foldedInput<K extends NodeKind>(folded: Folded<K>): readonly number[] {
  return hardwareModels[folded.kind].foldedInput(folded);
}

/** Shape of the output stream in beats. FINN: get_folded_output_shape. */
export function foldedOutput<K extends NodeKind>(folded: Folded<K>): readonly number[] {
  return hardwareModels[folded.kind].foldedOutput(folded);
}

/** Bits of a beat in, before padding to bytes. FINN: get_instream_width. */
export function inputWidthBits(folded: Folded): number {
  return (foldedInput(folded).at(-1) ?? 0) * folded.node.input.datatype.bits;
}

/** Bits of a beat out, before padding to bytes. FINN: get_outstream_width. */
export function outputWidthBits(folded: Folded): number {
  return (foldedOutput(folded).at(-1) ?? 0) * folded.node.output.datatype.bits;
}

/** Cycles a frame in the steady state. FINN: get_exp_cycles. */
export function cyclesOf<K extends NodeKind>(folded: Folded<K>): number {
  return hardwareModels[folded.kind].cycles(folded);
}

/** FINN's estimate before synthesis. */
export function resourcesOf<K extends NodeKind>(folded: Folded<K>): Resources {
  return hardwareModels[folded.kind].resources(folded);
}

/** FINN's estimate of how full the memories are that `resourcesOf` counts. */
export function efficiencyOf<K extends NodeKind>(folded: Folded<K>): MemoryEfficiency {
  return hardwareModels[folded.kind].efficiency?.(folded) ?? { bram18: 1, uram: 1 };
}
