import type { OnnxNode, Tensor } from "../onnx/model";
import { float32Tensor, isScalar } from "../onnx/tensor";

/** Axis of the channels: last if the layout says so (`NHWC`), else 1, as ONNX has it. */
export function channelAxis(layout: string, rank: number): number {
  return layout.endsWith("C") ? rank - 1 : Math.min(1, rank - 1);
}

/**
 * A constant that is broadcast against a tensor of `shape`, as one value a channel; undefined
 * if it varies along another axis than the channels'. A scalar gives the same value for each.
 */
export function perChannel(
  value: Tensor,
  shape: readonly number[],
  axis: number,
): ArrayLike<number> | undefined {
  const channels = shape[axis];
  if (channels === undefined || value.shape.length > shape.length) return undefined;
  if (isScalar(value)) return new Float64Array(channels).fill(value.data[0]!);
  const missing = shape.length - value.shape.length;
  const ownAxis = axis - missing;
  const fits = value.shape.every((dim, i) => dim === (i === ownAxis ? channels : 1));
  return fits && ownAxis >= 0 ? value.data : undefined;
}

/** One value a channel as a constant that broadcasts along `axis` of a tensor of `rank`: `[1, C, 1, 1]`. */
export function channelTensor(values: ArrayLike<number>, axis: number, rank: number): Tensor {
  const shape = new Array<number>(rank).fill(1);
  shape[axis] = values.length;
  return float32Tensor(shape, values);
}

/** Is this a convolution of each channel by itself, with as many channels out as in? */
export function isDepthwise(conv: OnnxNode, weights: Tensor): boolean {
  const group = conv.attributes.get("group");
  const groups = group?.kind === "int" ? group.value : 1;
  return groups > 1 && weights.shape[0] === groups && weights.shape[1] === 1;
}
