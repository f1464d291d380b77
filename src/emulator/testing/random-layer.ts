import { type Activation, type Constant, sizeOf } from "../../graph/dataflow";
import { type DataType, smallestDataType } from "../../graph/datatype";
import { constant } from "../../graph/testing/tiny-graph";
import type { Random } from "./random";

/** Random weights in the narrow range that quantizers use (-7..7 for INT4). */
export function randomWeights(random: Random, datatype: DataType, shape: readonly number[]): Constant {
  return { shape, datatype, data: random.tensor(datatype, shape, true) };
}

export interface SpreadOptions {
  /** `even`: as a uniform quantizer's, all steps equally wide. `uneven`: each step equally likely. */
  readonly spacing?: "even" | "uneven";
  /** Moves each channel's staircase at random by up to so many standard deviations. */
  readonly jitter?: number;
}

/**
 * Thresholds at which the layer's outputs spread over all steps: they lie around the sums that
 * each neuron's weights make of independent, uniform inputs.
 */
export function spreadingThresholds(
  random: Random,
  weights: Constant,
  input: DataType,
  steps: number,
  { spacing = "even", jitter = 0 }: SpreadOptions = {},
): Activation["thresholds"] {
  const [neurons = 0] = weights.shape;
  const synapses = sizeOf(weights.shape) / neurons;
  const inputMean = (input.min + input.max) / 2;
  const inputVariance = ((input.max - input.min + 1) ** 2 - 1) / 12;
  const deviations = spacing === "even" ? evenSteps : unevenSteps;
  const values: number[] = [];
  for (let neuron = 0; neuron < neurons; neuron++) {
    const row = weights.data.subarray(neuron * synapses, (neuron + 1) * synapses);
    let sum = 0;
    let sumOfSquares = 0;
    for (const weight of row) {
      sum += weight;
      sumOfSquares += weight * weight;
    }
    const deviation = Math.sqrt(Math.max(1, sumOfSquares) * inputVariance);
    const centre = inputMean * sum + jitter * deviation * (random.integer(-100, 100) / 100);
    for (let step = 1; step <= steps; step++) {
      values.push(Math.ceil(centre + deviation * deviations(step / (steps + 1))));
    }
  }
  const lowest = values.reduce((least, value) => Math.min(least, value));
  const highest = values.reduce((most, value) => Math.max(most, value));
  return constant(smallestDataType(lowest, highest), [neurons, steps], values);
}

/** From 1.7 standard deviations below the mean to 1.7 above. */
const evenSteps = (share: number) => 3.4 * (share - 0.5);

/** The quantiles of the normal distribution, for which the logistic one stands in. */
const unevenSteps = (share: number) => Math.log(share / (1 - share)) / 1.702;
