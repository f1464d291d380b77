import type { EndpointInfo } from "./endpoint";
import { batchOf } from "./fitting-model";
import { mostCharacters } from "./json-bytes";

/**
 * Of JSON, so many bytes a request at most: it is written on the thread that asks, and read on the
 * server, both of which have others waiting.
 */
const mostJsonBytes = 4 * 1024 * 1024;

/**
 * The most images that one request to an endpoint should have: the batch of a model that takes no
 * other; as many as are not too much JSON, one at least; Infinity where neither counts.
 */
export function mostImages({ model: { input }, binary }: EndpointInfo): number {
  const fixed = batchOf(input);
  if (fixed !== -1) return fixed;
  if (binary) return Number.POSITIVE_INFINITY;
  const pixels = input.shape.slice(1).reduce((product, size) => product * size, 1);
  return Math.max(1, Math.floor(mostJsonBytes / (pixels * mostCharacters)));
}
