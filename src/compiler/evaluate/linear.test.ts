import { describe, expect, test } from "vitest";
import { float, int, ints, string } from "../../onnx/attributes";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { makeNode } from "../../onnx/edit";
import type { Tensor } from "../../onnx/model";
import { float32Tensor, transpose } from "../../onnx/tensor";
import { evaluateNode } from "./node";

const run = (opType: string, inputs: (Tensor | undefined)[], attributes = {}, domain = "") =>
  evaluateNode(makeNode(opType, [], ["y"], attributes, { name: "n", domain }), inputs)[0]!;
const counting = (...shape: number[]) =>
  float32Tensor(shape, [...Array(shape.reduce((a, b) => a * b, 1)).keys()]);

describe("MatMul and Gemm", () => {
  const a = float32Tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const b = float32Tensor([3, 2], [1, 0, 0, 1, 1, 1]);

  test("rows times columns", () => {
    expect(run("MatMul", [a, b])).toEqual(float32Tensor([2, 2], [4, 5, 10, 11]));
    expect(run("MatMul", [float32Tensor([1, 1, 2, 3], a.data), b]).shape).toEqual([1, 1, 2, 2]);
  });

  test("Gemm transposes, scales and adds", () => {
    const options = { transA: int(1), transB: int(1), alpha: float(2), beta: float(10) };
    const inputs = [transpose(a, [1, 0]), transpose(b, [1, 0]), float32Tensor([2], [1, 2])];
    expect([...run("Gemm", inputs, options).data]).toEqual([18, 30, 30, 42]);
    expect([...run("Gemm", [a, b]).data]).toEqual([4, 5, 10, 11]);
  });

  test("sizes must fit", () => {
    expect(() => run("MatMul", [a, a])).toThrow("n (MatMul): [2,3] times [2,3]");
  });
});

describe("Conv", () => {
  test("stride, padding and dilation", () => {
    const x = counting(1, 1, 3, 3);
    const ones = float32Tensor([1, 1, 2, 2], [1, 1, 1, 1]);
    expect([...run("Conv", [x, ones]).data]).toEqual([8, 12, 20, 24]);
    expect([...run("Conv", [x, ones], { strides: ints([2, 1]) }).data]).toEqual([8, 12]);
    expect([...run("Conv", [x, ones], { dilations: ints([2, 2]) }).data]).toEqual([16]);
    expect([...run("Conv", [x, ones], { pads: ints([1, 0, 0, 1]) }).data]).toEqual([
      1, 3, 2, 8, 12, 7, 20, 24, 13,
    ]);
  });

  test("the kernel is not turned round", () => {
    const w = float32Tensor([1, 1, 1, 2], [1, 10]);
    expect([...run("Conv", [counting(1, 1, 1, 3), w]).data]).toEqual([10, 21]);
  });

  test("sums input channels, adds the bias", () => {
    const w = float32Tensor([2, 2, 1, 1], [1, 1, 1, -1]);
    const y = run("Conv", [float32Tensor([1, 2, 1, 1], [3, 5]), w, float32Tensor([2], [100, 200])]);
    expect([...y.data]).toEqual([108, 198]);
  });

  test("groups see their own channels", () => {
    const w = float32Tensor([4, 1, 1, 1], [1, 2, 3, 4]);
    expect([...run("Conv", [float32Tensor([1, 2, 1, 1], [10, 100]), w], { group: int(2) }).data]).toEqual([
      10, 20, 300, 400,
    ]);
    expect(() => run("Conv", [counting(1, 3, 1, 1), w], { group: int(2) })).toThrow("n (Conv)");
  });

  test("automatic padding is refused", () => {
    const attributes = { auto_pad: string("SAME_UPPER") };
    expect(() => run("Conv", [counting(1, 1, 3, 3), counting(1, 1, 2, 2)], attributes)).toThrow(
      "auto_pad SAME_UPPER",
    );
  });
});

describe("Im2Col", () => {
  const im2Col = (x: Tensor, attributes = {}) => run("Im2Col", [x], attributes, QONNX_DOMAIN);

  test("rows, then columns, then channels", () => {
    const y = im2Col(counting(1, 2, 2, 2), { kernel_size: ints([2, 2]) });
    expect(y.shape).toEqual([1, 1, 1, 8]);
    expect([...y.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("then MatMul is the convolution", () => {
    const x = counting(1, 3, 5, 6);
    const w = counting(4, 3, 3, 2);
    const attributes = { strides: ints([2, 1]), pads: ints([1, 0, 1, 1]) };
    const expected = run("Conv", [x, w], attributes);
    const windows = im2Col(transpose(x, [0, 2, 3, 1]), {
      kernel_size: ints([3, 2]),
      stride: ints([2, 1]),
      pad_amount: ints([1, 0, 1, 1]),
      input_shape: string("(1, 5, 6, 3)"),
    });
    const matrix = { ...transpose(w, [2, 3, 1, 0]), shape: [18, 4] };
    expect(transpose(run("MatMul", [windows, matrix]), [0, 3, 1, 2])).toEqual(expected);
  });

  test("holds the input against the shape it states", () => {
    const attributes = { kernel_size: ints([1, 1]), input_shape: string("(1, 9, 9, 2)") };
    expect(() => im2Col(counting(1, 2, 2, 2), attributes)).toThrow("input is [1,2,2,2], not (1, 9, 9, 2)");
  });
});
