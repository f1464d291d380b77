import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Tensor } from "./model";
import {
  add,
  broadcastShape,
  divide,
  everyValue,
  float32Tensor,
  int64Tensor,
  isScalar,
  mapTensor,
  multiply,
  negate,
  reshape,
  scalarOf,
  scalarTensor,
  stridesOf,
  subtract,
  transpose,
} from "./tensor";

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

/** A tensor of a shape, with values that tell positions apart. */
const counting = (shape: readonly number[]): Tensor =>
  float32Tensor(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
  );

describe("arithmetic", () => {
  test("rounds once to float32", () => {
    fc.assert(
      fc.property(float, float, (a, b) => {
        const [x, y] = [scalarTensor(a), scalarTensor(b)];
        expect(scalarOf(add(x, y))).toBe(Math.fround(a + b));
        expect(scalarOf(subtract(x, y))).toBe(Math.fround(a - b));
        expect(scalarOf(multiply(x, y))).toBe(Math.fround(a * b));
        expect(scalarOf(divide(x, y))).toBe(Math.fround(a / b));
      }),
    );
  });

  test("1/3 is float32's third", () => {
    expect(scalarOf(divide(scalarTensor(1), scalarTensor(3)))).toBe(0.3333333432674408);
  });

  test("spreads a channel vector over a map", () => {
    const sum = add(counting([1, 2, 2, 2]), float32Tensor([1, 2, 1, 1], [100, 200]));
    expect([...sum.data]).toEqual([100, 101, 102, 103, 204, 205, 206, 207]);
  });

  test("spreads both sides", () => {
    const product = multiply(float32Tensor([3, 1], [1, 2, 3]), float32Tensor([2], [10, 100]));
    expect(product.shape).toEqual([3, 2]);
    expect([...product.data]).toEqual([10, 100, 20, 200, 30, 300]);
  });

  test("refuses shapes that do not fit", () => {
    expect(() => add(counting([2]), counting([3]))).toThrow(RangeError);
    expect(broadcastShape([2], [3])).toBeUndefined();
    expect(broadcastShape([4, 1, 3], [2, 1])).toEqual([4, 2, 3]);
  });

  test("maps and negates", () => {
    expect([...mapTensor(float32Tensor([2], [4, 9]), Math.sqrt).data]).toEqual([2, 3]);
    expect([...negate(float32Tensor([2], [4, -9])).data]).toEqual([-4, 9]);
  });
});

describe("shapes", () => {
  test("transposing moves each value to its permuted place", () => {
    const turned = transpose(counting([1, 2, 3]), [2, 0, 1]);
    expect(turned.shape).toEqual([3, 1, 2]);
    expect([...turned.data]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  test("transposing there and back changes nothing", () => {
    const permuted = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        perm: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      }),
    );
    fc.assert(
      fc.property(permuted, ({ shape, perm }) => {
        const inverse = perm.map((_, axis) => perm.indexOf(axis));
        expect(transpose(transpose(counting(shape), perm), inverse)).toEqual(counting(shape));
      }),
    );
  });

  test("transposing keeps the element type", () => {
    const turned = transpose({ shape: [1, 2], elemType: "int8", data: Int8Array.of(1, -2) }, [1, 0]);
    expect(turned).toEqual({ shape: [2, 1], elemType: "int8", data: Int8Array.of(1, -2) });
  });

  test("reshaping keeps the values", () => {
    expect(reshape(counting([2, 3]), [6, 1]).data).toEqual(counting([6]).data);
    expect(() => reshape(counting([2, 3]), [4])).toThrow(RangeError);
  });

  test("strides are row-major", () => {
    expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
    expect(stridesOf([])).toEqual([]);
  });
});

describe("scalars", () => {
  test("one element in any number of dimensions", () => {
    expect(isScalar(scalarTensor(1))).toBe(true);
    expect(isScalar(counting([1, 1, 1]))).toBe(true);
    expect(isScalar(counting([2]))).toBe(false);
    expect(() => scalarOf(counting([2]))).toThrow(RangeError);
  });

  test("tests on every value", () => {
    expect(everyValue(int64Tensor([1, 2]), (value) => value > 0)).toBe(true);
    expect(everyValue(int64Tensor([1, -2]), (value) => value > 0)).toBe(false);
  });

  test("a wrong number of values is a mistake", () => {
    expect(() => float32Tensor([2, 2], [1, 2, 3])).toThrow(RangeError);
  });
});
