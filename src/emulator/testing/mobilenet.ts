import { type DataflowGraph, mapShape } from "../../graph/dataflow";
import { bitLength, int, uint } from "../../graph/datatype";
import { Chain } from "./chain";
import { Random } from "./random";
import { randomWeights, spreadingThresholds } from "./random-layer";

/** The 13 depthwise-separable blocks of MobileNet-v1: channels out of the pointwise layer, depthwise stride. */
const blocks: readonly (readonly [channels: number, stride: 1 | 2])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

export interface MobilenetOptions {
  readonly seed: number;
  /** Scales every layer's channels: 1 is MobileNet-v1 1.0. */
  readonly width?: number;
  /** Height and width of the image. */
  readonly inputSize?: number;
  readonly classes?: number;
}

/**
 * The shape of FINN's MobileNet-v1 w4a4 for the U250, with random weights: 59 nodes, conv0
 * unpadded with 8-bit weights, 4-bit weights and activations after it, the pool's sum
 * shifted right, a 4-bit classifier with bias, the five best classes. The thresholds spread the
 * activations over 0..15.
 */
export function mobilenetShaped({
  seed,
  width = 1,
  inputSize = 224,
  classes = 1000,
}: MobilenetOptions): DataflowGraph {
  const random = new Random(seed);
  const scaled = (channels: number) => Math.max(1, Math.round(channels * width));
  const chain = new Chain("mobilenet-shaped", { shape: [1, inputSize, inputSize, 3], datatype: uint(8) });

  const activated = (weightBits: number, neurons: number, synapses: number) => {
    const weights = randomWeights(random, int(weightBits), [neurons, synapses]);
    const thresholds = spreadingThresholds(random, weights, chain.output.datatype, 15);
    return [weights, { thresholds, actVal: 0 }, uint(4)] as const;
  };

  let channels = scaled(32);
  chain.window([3, 3], { stride: [2, 2] }).mvau(...activated(8, channels, 27));
  for (const [next, stride] of blocks) {
    chain.pad(1, 1, 1, 1).window([3, 3], { stride: [stride, stride], depthwise: true });
    chain.vvau([3, 3], ...activated(4, channels, 9));
    chain.mvau(...activated(4, scaled(next), channels));
    channels = scaled(next);
  }

  const { height } = mapShape(chain.output);
  const sumBits = bitLength(15 * height * height);
  chain.window([height, height], { depthwise: true }).pool([height, height], sumBits - 4);
  chain.mvau(randomWeights(random, int(4), [classes, channels]), null);
  chain.channelwise(randomWeights(random, int(10), [classes]));
  return chain.labelSelect(5).graph();
}
