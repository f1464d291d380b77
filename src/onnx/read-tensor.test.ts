import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { TensorProto_DataLocation, TensorProtoSchema, TensorProto_DataType as Type } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { readTensor } from "./read-tensor";

const read = (init: MessageInitShape<typeof TensorProtoSchema>) =>
  readTensor(create(TensorProtoSchema, init), "w");

const raw = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer);

describe("raw bytes", () => {
  test("of every type", () => {
    const cases = [
      [Type.FLOAT, Float32Array.of(0.5, -3), "float32", Float32Array.of(0.5, -3)],
      [Type.DOUBLE, Float64Array.of(1e300, -3), "float64", Float64Array.of(1e300, -3)],
      [Type.INT8, Int8Array.of(-128, 127), "int8", Int8Array.of(-128, 127)],
      [Type.UINT8, Uint8Array.of(0, 255), "uint8", Uint8Array.of(0, 255)],
      [Type.INT16, Int16Array.of(-32768, 1), "int16", Int16Array.of(-32768, 1)],
      [Type.UINT16, Uint16Array.of(65535, 1), "uint16", Uint16Array.of(65535, 1)],
      [Type.INT32, Int32Array.of(-(2 ** 31), 1), "int32", Int32Array.of(-(2 ** 31), 1)],
      [Type.UINT32, Uint32Array.of(2 ** 32 - 1, 1), "uint32", Uint32Array.of(2 ** 32 - 1, 1)],
      [Type.INT64, BigInt64Array.of(-(2n ** 53n) + 1n, 5n), "int64", Float64Array.of(1 - 2 ** 53, 5)],
      [Type.UINT64, BigUint64Array.of(2n ** 53n - 1n, 5n), "uint64", Float64Array.of(2 ** 53 - 1, 5)],
      [Type.BOOL, Uint8Array.of(0, 7), "bool", Uint8Array.of(0, 1)],
    ] as const;
    for (const [dataType, values, elemType, data] of cases) {
      expect(read({ dataType, dims: [2n], rawData: raw(values) })).toEqual({ shape: [2], elemType, data });
    }
  });

  test("that are not aligned", () => {
    const shifted = new Uint8Array(9);
    shifted.set(raw(Float32Array.of(1.5, -2)), 1);
    const tensor = read({ dataType: Type.FLOAT, dims: [2n], rawData: shifted.subarray(1) });
    expect([...tensor.data]).toEqual([1.5, -2]);
  });

  test("are copied, so that the file can go", () => {
    const bytes = raw(Float32Array.of(1));
    const tensor = read({ dataType: Type.FLOAT, dims: [1n], rawData: bytes });
    bytes.fill(0);
    expect(tensor.data[0]).toBe(1);
  });
});

describe("typed fields", () => {
  test("each type lies in the field that ONNX gives it", () => {
    const first = (init: MessageInitShape<typeof TensorProtoSchema>) => read({ dims: [1n], ...init }).data[0];
    expect(first({ dataType: Type.FLOAT, floatData: [0.5] })).toBe(0.5);
    expect(first({ dataType: Type.DOUBLE, doubleData: [1e300] })).toBe(1e300);
    expect(first({ dataType: Type.INT64, int64Data: [-9n] })).toBe(-9);
    expect(first({ dataType: Type.UINT64, uint64Data: [9n] })).toBe(9);
    expect(first({ dataType: Type.UINT32, uint64Data: [2n ** 32n - 1n] })).toBe(2 ** 32 - 1);
    for (const dataType of [Type.INT8, Type.INT16, Type.INT32]) {
      expect(first({ dataType, int32Data: [-5] })).toBe(-5);
    }
    for (const dataType of [Type.UINT8, Type.UINT16, Type.BOOL]) {
      expect(first({ dataType, int32Data: [1] })).toBe(1);
    }
  });

  test("a scalar has no dimensions and one value", () => {
    expect(read({ dataType: Type.FLOAT, floatData: [2] }).shape).toEqual([]);
  });

  test("a dimension of 0 holds nothing", () => {
    expect(read({ dataType: Type.FLOAT, dims: [0n, 5n] }).data).toHaveLength(0);
  });
});

describe("refused", () => {
  const four = raw(Float32Array.of(1, 2, 3, 4));
  const huge = 2n ** 31n;
  const cases: [string, MessageInitShape<typeof TensorProtoSchema>, string, RegExp][] = [
    ["fewer values than the shape says", { dims: [5n], rawData: four }, "bad-model", /5, but holds 4/],
    ["more values than the shape says", { dims: [3n], rawData: four }, "bad-model", /3, but holds 4/],
    ["2^62 values", { dims: [huge, huge], rawData: four }, "bad-model", /2147483648 x 2147483648/],
    ["2^62 values and no data", { dims: [huge, huge] }, "bad-model", /holds 0 values/],
    [
      "dimensions whose product overflows",
      { dims: Array(20).fill(huge), rawData: four },
      "bad-model",
      /holds 4/,
    ],
    [
      "a dimension beyond 2^53",
      { dims: [2n ** 60n], rawData: four },
      "bad-model",
      /dimension of 1152921504606846976/,
    ],
    ["a negative dimension", { dims: [-4n], rawData: four }, "bad-model", /negative/],
    ["part of a value", { dims: [4n], rawData: four.subarray(0, 15) }, "bad-model", /15 bytes/],
    ["NaN", { dims: [4n], floatData: [1, 2, Number.NaN, 4] }, "bad-model", /"w" has NaN at 2/],
    ["infinity", { dims: [1n], rawData: raw(Float32Array.of(-Infinity)) }, "bad-model", /-Infinity at 0/],
    [
      "an integer that its type can not hold",
      { dataType: Type.INT8, dims: [1n], int32Data: [300] },
      "bad-model",
      /300 at 0/,
    ],
    [
      "an integer beyond 2^53",
      { dataType: Type.INT64, dims: [1n], int64Data: [2n ** 60n] },
      "unsupported-model",
      /2\^53/,
    ],
    ["a segment", { dims: [4n], rawData: four, segment: { begin: 0n, end: 4n } }, "bad-model", /segment/],
    ["strings", { dataType: Type.STRING, dims: [1n], stringData: [four] }, "unsupported-model", /STRING/],
    [
      "float16",
      { dataType: Type.FLOAT16, dims: [1n], int32Data: [15360] },
      "unsupported-model",
      /FLOAT16.*float32/,
    ],
    [
      "complex numbers",
      { dataType: Type.COMPLEX64, dims: [2n], floatData: [1, 2, 3, 4] },
      "unsupported-model",
      /COMPLEX64/,
    ],
    ["a type that ONNX does not have", { dataType: 99, dims: [1n] }, "unsupported-model", /type 99/],
    [
      "values in another file",
      {
        dims: [4n],
        dataLocation: TensorProto_DataLocation.EXTERNAL,
        externalData: [{ key: "location", value: "weights.bin" }],
      },
      "unsupported-model",
      /"w" keeps its values in weights\.bin/,
    ],
  ];
  test.each(cases)("%s", (_, init, code, message) => {
    expect(() => read({ dataType: Type.FLOAT, ...init })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
