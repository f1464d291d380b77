import type { EndpointInfo, ModelNeeds, TensorInfo } from "./endpoint";
import { largestOf } from "./integer-tensor";
import type { ModelMetadata } from "./metadata";

/** How many indices an image has in the answer. */
export const topCount = 5;

/**
 * The endpoint's model as the page uses it, or a sentence on what is there and what is needed:
 * - the name that was asked for;
 * - exactly one input, UINT8, of the network's shape, its batch -1 (any) or a fixed number;
 * - exactly one output of integers that can hold every class, [batch, 5]. Others may be beside it.
 */
export function fittingModel(
  metadata: ModelMetadata,
  { name, inputShape, classes }: ModelNeeds,
): EndpointInfo["model"] | string {
  if (metadata.name !== name) return `Asked for model “${name}”, the endpoint tells of “${metadata.name}”.`;
  const image = inputShape.slice(1);
  const needed = `Needed: one input UINT8 ${shapeText([-1, ...image])} and one output of integers ${shapeText([-1, topCount])} that hold 0 to ${classes - 1}.`;
  const [input, ...furtherInputs] = metadata.inputs;
  if (!input || furtherInputs.length > 0 || !isInput(input, image)) {
    return `The model “${name}” takes ${list(metadata.inputs)}. ${needed}`;
  }
  const fitting = metadata.outputs.filter((output) => isOutput(output, batchOf(input), classes));
  const [output, ...furtherOutputs] = fitting;
  if (!output || furtherOutputs.length > 0) {
    return `The model “${name}” gives ${list(metadata.outputs)}. ${needed}`;
  }
  return { name, versions: metadata.versions, platform: metadata.platform, input, output, classes };
}

/** The number of images that every request to a model must have; -1 for any. */
export function batchOf(input: TensorInfo): number {
  return input.shape[0] ?? -1;
}

function isInput({ datatype, shape }: TensorInfo, image: readonly number[]): boolean {
  const [batch = 0, ...rest] = shape;
  return datatype === "UINT8" && isBatch(batch) && sameShape(rest, image);
}

function isOutput({ datatype, shape }: TensorInfo, inputBatch: number, classes: number): boolean {
  const [batch = 0, ...rest] = shape;
  const holdsAll = (largestOf(datatype) ?? -1) >= classes - 1;
  return holdsAll && (batch === -1 || batch === inputBatch) && sameShape(rest, [topCount]);
}

const isBatch = (batch: number) => batch === -1 || batch >= 1;
const sameShape = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);

/** A shape as the protocol's documents write it: [-1,224,224,3]. */
export const shapeText = (shape: readonly number[]) => `[${shape.join(",")}]`;

const maxListed = 4;
function list(tensors: readonly TensorInfo[]): string {
  if (tensors.length === 0) return "nothing";
  const named = tensors
    .slice(0, maxListed)
    .map(
      ({ name, datatype, shape }) =>
        `“${name.slice(0, 60)}” ${datatype.slice(0, 20)} ${shapeText(shape.slice(0, 8))}`,
    );
  return [...named, ...(tensors.length > maxListed ? [`${tensors.length - maxListed} more`] : [])].join(", ");
}
