import { noResources, type Resources } from "./model";

/** An HLS node that compares or adds a parameter a channel, PE channels a cycle. */
export interface ChannelParameters {
  readonly channels: number;
  readonly pe: number;
  readonly inputBits: number;
  readonly ramStyle: "distributed" | "block";
}

/**
 * FINN: lut_ and bram_estimation of Thresholding_hls and ChannelwiseOp_hls, which are the same: a
 * comparator of the input's width a PE, and the parameters' memory, taken to be as wide as the input.
 */
export function channelParameterResources({
  channels,
  pe,
  inputBits,
  ramStyle,
}: ChannelParameters): Resources {
  const depth = channels / pe;
  const word = inputBits * pe;
  const inLuts = ramStyle === "distributed" && depth > 1;
  const inBlockRam = ramStyle === "block" && depth > 1;
  return {
    ...noResources,
    lut: word + (inLuts ? word * Math.ceil(depth / 64) : 0),
    bram18: inBlockRam ? Math.ceil(word / 16) * Math.ceil(depth / 1024) : 0,
  };
}
