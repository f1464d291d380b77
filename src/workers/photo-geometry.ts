import type { DataflowGraph } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import { type CropGeometry, imagenetGeometry } from "../inputs/resize-plan";
import { takesPhotos } from "../inputs/takes-photos";

/**
 * How a photo is cut for a network: a square of its input's size, out of a photo whose short side
 * is as much longer as ImageNet's 256 is than 224. Throws `unsupported-model` for a network that
 * does not take square RGB pictures of bytes.
 */
export function photoGeometry({ name, input }: DataflowGraph): CropGeometry {
  const [, height = 0] = input.shape;
  if (!takesPhotos(input.shape, input.datatype.name)) {
    throw new StreamscopeError(
      "unsupported-model",
      `${name} takes ${input.shape.slice(1).join(" x ")} ${input.datatype.name} values, not square RGB pictures, so photos cannot be shown to it.`,
    );
  }
  const { inputSize, resizeTo } = imagenetGeometry;
  return { inputSize: height, resizeTo: Math.round((height * resizeTo) / inputSize) };
}
