import type { Tensor } from "./model";

/**
 * Arithmetic on constant tensors as float32 hardware and NumPy do it: one rounding after
 * each operation. A double +, -, *, / or sqrt of two float32 numbers, rounded to float32,
 * is the correctly rounded float32 result.
 */

export function float32Tensor(shape: readonly number[], values: ArrayLike<number>): Tensor {
  const size = sizeOfShape(shape);
  if (values.length !== size) throw new RangeError(`${values.length} values for shape [${shape}]`);
  return { shape, elemType: "float32", data: Float32Array.from(values) };
}

/** A float32 tensor without dimensions. */
export function scalarTensor(value: number): Tensor {
  return float32Tensor([], [value]);
}

/** A vector of int64, as ONNX wants shapes and axes. */
export function int64Tensor(values: readonly number[]): Tensor {
  return { shape: [values.length], elemType: "int64", data: Float64Array.from(values) };
}

/** Number of elements. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** One element, in whatever number of dimensions. */
export function isScalar(tensor: Tensor): boolean {
  return tensor.data.length === 1;
}

/** The value of a tensor of one element. Throws RangeError for others. */
export function scalarOf(tensor: Tensor): number {
  if (!isScalar(tensor)) throw new RangeError(`[${tensor.shape}] is no scalar`);
  return tensor.data[0]!;
}

export function everyValue(tensor: Tensor, test: (value: number) => boolean): boolean {
  // The array types have no common signature of `every`; a loop is also the fastest.
  for (let i = 0; i < tensor.data.length; i++) if (!test(tensor.data[i]!)) return false;
  return true;
}

/** A float32 tensor of f(value), rounded. */
export function mapTensor(tensor: Tensor, f: (value: number) => number): Tensor {
  return { shape: tensor.shape, elemType: "float32", data: Float32Array.from(tensor.data, f) };
}

export const add = (a: Tensor, b: Tensor): Tensor => broadcast(a, b, (x, y) => x + y);
export const subtract = (a: Tensor, b: Tensor): Tensor => broadcast(a, b, (x, y) => x - y);
export const multiply = (a: Tensor, b: Tensor): Tensor => broadcast(a, b, (x, y) => x * y);
export const divide = (a: Tensor, b: Tensor): Tensor => broadcast(a, b, (x, y) => x / y);
export const negate = (a: Tensor): Tensor => mapTensor(a, (x) => -x);

/** f over two tensors, broadcast as in NumPy; the result is float32, rounded once. Throws RangeError for shapes that do not fit. */
export function broadcast(a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) throw new RangeError(`shapes [${a.shape}] and [${b.shape}] do not broadcast`);
  const out = new Float32Array(sizeOfShape(shape));
  const stridesA = broadcastStrides(a.shape, shape);
  const stridesB = broadcastStrides(b.shape, shape);
  forEachIndex(shape, [stridesA, stridesB], (i, [ia, ib]) => {
    out[i] = f(a.data[ia!]!, b.data[ib!]!);
  });
  return { shape, elemType: "float32", data: out };
}

/** The shape of two broadcast shapes, or undefined if they do not fit. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return undefined;
    shape.push(x === 1 ? y : x);
  }
  return shape;
}

/** The same values under another shape of the same size. */
export function reshape(tensor: Tensor, shape: readonly number[]): Tensor {
  if (sizeOfShape(shape) !== tensor.data.length) {
    throw new RangeError(`[${tensor.shape}] can not be seen as [${shape}]`);
  }
  return { ...tensor, shape };
}

/** Dimension i of the result is dimension perm[i] of the tensor. */
export function transpose(tensor: Tensor, perm: readonly number[]): Tensor {
  const shape = perm.map((axis) => tensor.shape[axis]!);
  const strides = stridesOf(tensor.shape);
  const data = tensor.data.slice();
  const order = perm.map((axis) => strides[axis]!);
  forEachIndex(shape, [order], (i, [from]) => {
    data[i] = tensor.data[from!]!;
  });
  return { shape, elemType: tensor.elemType, data };
}

/** Distance in elements between neighbours along each axis, row-major. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Strides with which a tensor is read at the positions of a larger, broadcast shape. */
function broadcastStrides(shape: readonly number[], target: readonly number[]): number[] {
  const strides = stridesOf(shape);
  const missing = target.length - shape.length;
  return target.map((_, axis) => {
    const own = axis - missing;
    return own < 0 || shape[own] === 1 ? 0 : strides[own]!;
  });
}

/** Walks a shape in row-major order; `visit` gets the position and the offset by each set of strides. */
function forEachIndex(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (position: number, offsets: readonly number[]) => void,
): void {
  const size = sizeOfShape(shape);
  const index = new Array<number>(shape.length).fill(0);
  const offsets = new Array<number>(strides.length).fill(0);
  for (let position = 0; position < size; position++) {
    visit(position, offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      const carry = index[axis] === shape[axis];
      for (let s = 0; s < strides.length; s++) {
        offsets[s]! += strides[s]![axis]! * (carry ? 1 - shape[axis]! : 1);
      }
      if (!carry) break;
      index[axis] = 0;
    }
  }
}
