import { type IntegerArray, type MVAU, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";
import { stepsReached } from "./thresholding";

/**
 * Matrix-vector-activation unit: each input vector (a pixel's channels, or its window) times
 * the weight matrix; each neuron's sum goes through its thresholds, if the node has them.
 */
export function mvau(node: MVAU, input: IntegerArray): IntegerArray {
  const { mw, mh, activation } = node;
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  // One element type in the inner loop, whatever the layer's: it stays as fast for the tenth graph as for the first.
  const values = Int32Array.from(input);
  const weights = Int32Array.from(node.weights.data);
  const thresholds = activation && Int32Array.from(activation.thresholds.data);

  for (let vector = 0; vector < values.length / mw; vector++) {
    for (let neuron = 0; neuron < mh; neuron++) {
      let accumulator = 0;
      for (let synapse = 0; synapse < mw; synapse++) {
        accumulator += weights[neuron * mw + synapse]! * values[vector * mw + synapse]!;
      }
      output[vector * mh + neuron] = thresholds
        ? activation.actVal + stepsReached(thresholds, activation, neuron, accumulator)
        : accumulator;
    }
  }
  return output;
}
