import type { Activation, Constant, IntegerArray } from "../../graph/dataflow";

/**
 * Constants as the kernels read them. A "word" of synapses or channels is four of them in 32 bits;
 * what is padded has weight zero and thresholds that are never reached.
 */

/** Neurons of a thread's tile in `tile.wgsl` and of a workgroup in `fully_connected.wgsl`. */
export const TILE_NEURONS = 16;
/** Neurons of a workgroup in `mvau_dot4.wgsl`. */
export const DOT4_NEURONS = 32;

/** Larger in magnitude than any sum of the float kernels (they stay below 2^24). */
const FLOAT_BOUND = 2 ** 24;

/** A weight matrix `[neurons, taps * channels]`; a channelless vector has one tap. */
export interface WeightMatrix {
  readonly data: IntegerArray;
  readonly neurons: number;
  readonly taps: number;
  readonly channels: number;
}

/** Integers as 32-bit words, in their own order. */
export const packWide = ({ data }: Constant): Uint32Array<ArrayBuffer> => Uint32Array.from(data);

/** `[group of 16 neurons][tap][word of 4 channels][neuron]`, words as `weightBytes` in `bytes.wgsl` reads them. */
export function packTileWeights(matrix: WeightMatrix): Uint32Array<ArrayBuffer> {
  const { neurons, taps, channels } = matrix;
  const words = taps * Math.ceil(channels / 4);
  const packed = new Uint32Array(Math.ceil(neurons / TILE_NEURONS) * words * TILE_NEURONS).fill(ZERO_WEIGHTS);
  forEachWord(matrix, (neuron, word, w0, w1, w2, w3) => {
    const group = Math.floor(neuron / TILE_NEURONS);
    packed[(group * words + word) * TILE_NEURONS + (neuron % TILE_NEURONS)] = weightWord(w0, w1, w2, w3);
  });
  return packed;
}

/** `[neuron][word of 4 channels]`, signed bytes, the first channel in the lowest; neurons padded to 32. */
export function packDot4Weights(matrix: WeightMatrix): Uint32Array<ArrayBuffer> {
  const { neurons, taps, channels } = matrix;
  const words = taps * Math.ceil(channels / 4);
  const packed = new Uint32Array(Math.ceil(neurons / DOT4_NEURONS) * DOT4_NEURONS * words);
  forEachWord(matrix, (neuron, word, w0, w1, w2, w3) => {
    packed[neuron * words + word] = (w0 & 0xff) | ((w1 & 0xff) << 8) | ((w2 & 0xff) << 16) | (w3 << 24);
  });
  return packed;
}

/** Depthwise weights `[channels, taps]` as `[word of 4 channels][tap]`, words as in `packTileWeights`. */
export function packChannelWeights({ data, shape }: Constant): Uint32Array<ArrayBuffer> {
  const [channels = 0, taps = 0] = shape;
  const packed = new Uint32Array(Math.ceil(channels / 4) * taps);
  const weight = (channel: number, tap: number) => (channel < channels ? data[channel * taps + tap]! : 0);
  for (let at = 0; at < packed.length; at++) {
    const channel = Math.floor(at / taps) * 4;
    const tap = at % taps;
    packed[at] = weightWord(
      weight(channel, tap),
      weight(channel + 1, tap),
      weight(channel + 2, tap),
      weight(channel + 3, tap),
    );
  }
  return packed;
}

/** Thresholds as `[channel][step]`, 32-bit integers. */
export const packThresholds = ({ thresholds }: Activation): Uint32Array<ArrayBuffer> => packWide(thresholds);

/**
 * Thresholds as `[word of 4 channels][step][channel]`, padded to whole groups of `multiple`
 * channels: 32-bit integers.
 */
export function packThresholdsByStep({ thresholds }: Activation, multiple: number): Int32Array<ArrayBuffer> {
  const [channels = 0, steps = 0] = thresholds.shape;
  const packed = new Int32Array(Math.ceil(channels / multiple) * multiple * steps);
  for (let channel = 0; channel < channels; channel++) {
    for (let step = 0; step < steps; step++) {
      packed[((channel >> 2) * steps + step) * 4 + (channel & 3)] = thresholds.data[channel * steps + step]!;
    }
  }
  return packed;
}

/** The same as floats, for groups of 16 channels, steps padded to a multiple of 4. */
export function packTileThresholds({ thresholds }: Activation): Float32Array<ArrayBuffer> {
  const [channels = 0, steps = 0] = thresholds.shape;
  const stride = Math.ceil(steps / 4) * 4;
  const length = Math.ceil(channels / TILE_NEURONS) * TILE_NEURONS * stride;
  const packed = new Float32Array(length).fill(FLOAT_BOUND);
  for (let channel = 0; channel < channels; channel++) {
    for (let step = 0; step < steps; step++) {
      const at = ((channel >> 2) * stride + step) * 4 + (channel & 3);
      packed[at] = boundedFloat(thresholds.data[channel * steps + step]!);
    }
  }
  return packed;
}

/** Thresholds as floats `[channel][step]`, steps padded to a multiple of 4, channels too. */
export function packThresholdsInFours({ thresholds }: Activation): Float32Array<ArrayBuffer> {
  const [channels = 0, steps = 0] = thresholds.shape;
  const stride = Math.ceil(steps / 4) * 4;
  const packed = new Float32Array(Math.ceil(channels / 4) * 4 * stride).fill(FLOAT_BOUND);
  for (let channel = 0; channel < channels; channel++) {
    for (let step = 0; step < steps; step++) {
      packed[channel * stride + step] = boundedFloat(thresholds.data[channel * steps + step]!);
    }
  }
  return packed;
}

/** Beyond the bound a threshold is always or never reached; clipped to it, it still is, and is exact. */
const boundedFloat = (threshold: number): number => Math.min(Math.max(threshold, -FLOAT_BOUND), FLOAT_BOUND);

/** The first weight in the top byte, two's complement; the others below, plus 128. See `bytes.wgsl`. */
const weightWord = (w0: number, w1: number, w2: number, w3: number): number =>
  (w0 << 24) | ((w1 + 128) << 16) | ((w2 + 128) << 8) | (w3 + 128);

const ZERO_WEIGHTS = weightWord(0, 0, 0, 0);

/** Visits each neuron's weights four channels at a time, missing channels being zero. */
function forEachWord(
  { data, neurons, taps, channels }: WeightMatrix,
  visit: (neuron: number, word: number, w0: number, w1: number, w2: number, w3: number) => void,
): void {
  let at = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    let word = 0;
    for (let tap = 0; tap < taps; tap++) {
      for (let channel = 0; channel < channels; channel += 4) {
        const left = channels - channel;
        visit(
          neuron,
          word++,
          data[at]!,
          left > 1 ? data[at + 1]! : 0,
          left > 2 ? data[at + 2]! : 0,
          left > 3 ? data[at + 3]! : 0,
        );
        at += Math.min(4, left);
      }
    }
  }
}
