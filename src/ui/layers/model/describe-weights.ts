import { formatInteger } from "../../kit/format";

/** A channel's weights in a sentence: how many are zero, their extent, and their balance. */
export function describeWeights(weights: readonly number[]): string {
  const zeros = weights.filter((weight) => weight === 0).length;
  const positive = weights.filter((weight) => weight > 0).length;
  const negative = weights.length - zeros - positive;
  const extent = `${formatInteger(Math.min(...weights))} to ${formatInteger(Math.max(...weights))}`;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return `${formatInteger(weights.length)} weights from ${extent}: ${positive} positive, ${negative} negative, ${zeros} zero. They sum to ${formatInteger(sum)}.`;
}
