import crc32 from "crc-32";
import { type DataflowGraph, type DataflowNode, putsOutActivations } from "../../graph/dataflow";
import type { RunResult, Tap } from "../engine";

/** Checksums of a network's layers on one synthetic image (`fixtures/vectors`). */
export interface Vector {
  readonly input_crc32: number;
  readonly top5: readonly number[];
  readonly top5_logits: readonly number[];
  /** Outputs of the nodes with thresholds and of the pool, in stream order: NHWC, one byte a value. */
  readonly activations: readonly {
    readonly shape: readonly number[];
    readonly sum: number;
    readonly crc32_nhwc_uint8: number;
  }[];
  readonly logits_crc32_int32le: number;
}

/** The nodes whose outputs a vector has, in its order. */
export function vectorNodes(graph: DataflowGraph): DataflowNode[] {
  return graph.nodes.filter(putsOutActivations);
}

/**
 * What a result with `vectorNodes` tapped has, in the form of a vector; equal to the vector if
 * every layer is right. (The input's checksum is the caller's.)
 */
export function vectorOf(
  graph: DataflowGraph,
  { taps, logits, top }: RunResult,
): Omit<Vector, "input_crc32"> {
  return {
    top5: top.map(({ index }) => index),
    top5_logits: top.map(({ logit }) => logit),
    activations: vectorNodes(graph).flatMap(({ name }) => activationOf(taps.get(name)) ?? []),
    logits_crc32_int32le: checksum(littleEndian(logits)),
  };
}

/** CRC-32, unsigned. */
export function checksum(bytes: Uint8Array): number {
  return crc32.buf(bytes) >>> 0;
}

function activationOf(tap: Tap | undefined): Vector["activations"][number] | undefined {
  if (!tap) return undefined;
  let sum = 0;
  for (const value of tap.data) sum += value;
  return { shape: tap.shape.slice(-3), sum, crc32_nhwc_uint8: checksum(Uint8Array.from(tap.data)) };
}

function littleEndian(values: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  for (const [i, value] of values.entries()) view.setInt32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}
