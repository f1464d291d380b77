import * as v from "valibot";
import type { DataflowNode, NodeKind } from "../graph/dataflow";

/** A whole number from 1: a PE, a SIMD. */
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A whole number from 0: a FIFO's depth, a trigger. */
const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
const flag = v.picklist([0, 1]);
/** Where a memory is built: `auto` leaves it to Vivado. */
const ramStyle = v.picklist(["auto", "block", "distributed", "ultra"]);

/** What every FINN node has: the depths its neighbours' FIFOs get, one a stream. */
const everyNode = {
  inFIFODepths: v.optional(v.pipe(v.array(amount), v.length(1)), [2]),
  outFIFODepths: v.optional(v.pipe(v.array(amount), v.length(1)), [2]),
};

/** What MVAU and VVAU share. */
const dotProduct = {
  PE: v.optional(count, 1),
  SIMD: v.optional(count, 1),
  /** Of the weight memory. */
  ram_style: v.optional(ramStyle, "auto"),
  /** Weights inside the node's logic, streamed from a memory beside it, or from outside. */
  mem_mode: v.optional(
    v.picklist(["internal_embedded", "internal_decoupled", "external"]),
    "internal_decoupled",
  ),
  /** What multiplies; the HLS estimate counts `auto` as LUTs. */
  resType: v.optional(v.picklist(["auto", "lut", "dsp"]), "auto"),
  runtime_writeable_weights: v.optional(flag, 0),
};

/**
 * The folding attributes of every node kind, with FINN's names, legal words and defaults; where
 * FINN demands a value (PE, SIMD), the default here is 1, the smallest hardware. Whether a PE
 * divides a node's channels is the business of `HardwareModel.legal`.
 */
export const foldingSchemas = {
  FMPadding: v.strictObject({ ...everyNode, SIMD: v.optional(count, 1) }),
  ConvolutionInputGenerator: v.strictObject({
    ...everyNode,
    SIMD: v.optional(count, 1),
    /** Of the line buffer. */
    ram_style: v.optional(ramStyle, "distributed"),
    /** 1 puts out a whole window a beat. */
    parallel_window: v.optional(flag, 0),
  }),
  MVAU: v.strictObject({
    ...everyNode,
    ...dotProduct,
    ram_style_thresholds: v.optional(v.picklist(["auto", "block", "distributed"]), "auto"),
  }),
  VVAU: v.strictObject({ ...everyNode, ...dotProduct }),
  Thresholding: v.strictObject({
    ...everyNode,
    PE: v.optional(count, 1),
    ram_style: v.optional(v.picklist(["distributed", "block"]), "distributed"),
    mem_mode: v.optional(v.picklist(["internal_embedded", "internal_decoupled"]), "internal_decoupled"),
    runtime_writeable_weights: v.optional(flag, 0),
    /** Memories from this depth on are block RAM; both triggers 0: the least waste. */
    depth_trigger_bram: v.optional(amount, 0),
    /** Memories from this depth on are UltraRAM. */
    depth_trigger_uram: v.optional(amount, 0),
  }),
  Pool: v.strictObject({ ...everyNode, PE: v.optional(count, 1) }),
  ChannelwiseOp: v.strictObject({
    ...everyNode,
    PE: v.optional(count, 1),
    ram_style: v.optional(v.picklist(["distributed", "block"]), "distributed"),
  }),
  LabelSelect: v.strictObject({ ...everyNode, PE: v.optional(count, 1) }),
} satisfies Record<NodeKind, unknown>;

/** What only one of the two forms of Thresholding has; all other kinds have the same in HLS and RTL. */
const thresholdingOnlyIn: Readonly<Record<string, DataflowNode["impl"]>> = {
  ram_style: "hls",
  mem_mode: "hls",
  depth_trigger_bram: "rtl",
  depth_trigger_uram: "rtl",
};

/** The names of the folding attributes that FINN knows for a node of this kind and form. */
export function attributeNames({ kind, impl }: Pick<DataflowNode, "kind" | "impl">): readonly string[] {
  const names = Object.keys(foldingSchemas[kind].entries);
  if (kind !== "Thresholding") return names;
  return names.filter((name) => (thresholdingOnlyIn[name] ?? impl) === impl);
}

/** A width converter has nothing to fold. */
export const converterSchema = v.strictObject(everyNode);

/** 128 times what Vivado's FIFO can have. Each beat takes memory when it is simulated. */
const deepestFifo = 2 ** 22;

/** The attributes of a FIFO, with at most 4,194,304 beats. Wishes for FIFOs beside it stand in FINN's final_hw_config.json and do nothing. */
export const fifoSchema = v.strictObject({
  ...everyNode,
  /** Beats it holds; 0 takes the FIFO out. */
  depth: v.optional(v.pipe(amount, v.maxValue(deepestFifo)), 2),
  /** FINN's own FIFO of shift registers, or the AXI-stream FIFO of Vivado. */
  impl_style: v.optional(v.picklist(["rtl", "vivado"]), "rtl"),
  /** Counts only with `impl_style` vivado. */
  ram_style: v.optional(ramStyle, "auto"),
});

export type FoldingOf = { readonly [K in NodeKind]: Readonly<v.InferOutput<(typeof foldingSchemas)[K]>> };
export type FifoFolding = Readonly<
  Pick<v.InferOutput<typeof fifoSchema>, "depth" | "impl_style" | "ram_style">
>;
