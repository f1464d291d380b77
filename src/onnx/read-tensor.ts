import { type TensorProto, TensorProto_DataLocation } from "onnx-buf";
import { StreamscopeError } from "../graph/errors";
import { bytesPerElement, elementTypeOf, isFloat, newTensorData, protoName } from "./element-type";
import type { ElementType, Tensor, TensorData } from "./model";

/**
 * Reads a tensor out of the file's message, from raw bytes or typed fields.
 *
 * `name` is what error messages call it. Throws `bad-model` when the values are missing, do
 * not fit the dimensions, or are NaN or infinite, and `unsupported-model` for values kept in
 * another file and for element types that are neither integers nor float32 or float64.
 */
export function readTensor(proto: TensorProto, name: string): Tensor {
  if (proto.dataLocation === TensorProto_DataLocation.EXTERNAL || proto.externalData.length > 0) {
    const file = proto.externalData.find((entry) => entry.key === "location")?.value ?? "another file";
    throw new StreamscopeError(
      "unsupported-model",
      `Tensor "${name}" keeps its values in ${file}. Save the model as one file, without external data.`,
      { tensor: name, file },
    );
  }
  const elemType = elementTypeOf(proto.dataType);
  if (!elemType) {
    throw new StreamscopeError(
      "unsupported-model",
      `Tensor "${name}" is of type ${protoName(proto.dataType)}; float32, float64, bool and integers of 8 to 64 bits are read. Export the model in float32.`,
      { tensor: name, type: protoName(proto.dataType) },
    );
  }
  if (proto.segment) throw damaged(name, "is only a segment of a tensor");
  const shape = readDims(proto.dims, name);
  const data =
    proto.rawData.length > 0
      ? readRaw(proto.rawData, elemType, shape, name)
      : readTyped(typedField(proto, elemType), elemType, shape, name);
  if (isFloat(elemType)) refuseNonFinite(data, name);
  return { shape, elemType, data };
}

function readDims(dims: readonly bigint[], name: string): number[] {
  return dims.map((dim) => {
    if (dim < 0n) throw damaged(name, `has a negative dimension (${dim})`);
    if (dim > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(name, `has a dimension of ${dim}`);
    return Number(dim);
  });
}

/** Holds the stated dimensions against the values that are there, before anything is allocated. */
function checkCount(shape: readonly number[], count: number, name: string): void {
  const stated = shape.reduce((product, dim) => product * dim, 1);
  if (stated !== count) {
    throw damaged(name, `should hold ${shape.join(" x ") || "one value"}, but holds ${count} values`);
  }
}

function readRaw(raw: Uint8Array, type: ElementType, shape: readonly number[], name: string): TensorData {
  const width = bytesPerElement(type);
  if (raw.length % width !== 0) throw damaged(name, `has ${raw.length} bytes, not a multiple of ${width}`);
  const count = raw.length / width;
  checkCount(shape, count, name);
  const data = newTensorData(type, count);
  if (type === "int64" || type === "uint64") {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    for (let i = 0; i < count; i++) {
      const value = type === "int64" ? view.getBigInt64(8 * i, true) : view.getBigUint64(8 * i, true);
      data[i] = safeInteger(value, name, i);
    }
    return data;
  }
  // Files are little-endian, and so is every machine with a browser; the copy aligns the bytes.
  new Uint8Array(data.buffer).set(raw);
  if (type === "bool") for (let i = 0; i < count; i++) data[i] = data[i] ? 1 : 0;
  return data;
}

function readTyped(
  values: ArrayLike<number | bigint>,
  type: ElementType,
  shape: readonly number[],
  name: string,
): TensorData {
  checkCount(shape, values.length, name);
  const data = newTensorData(type, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const number = typeof value === "bigint" ? safeInteger(value, name, i) : value;
    data[i] = number;
    if (!isFloat(type) && data[i] !== number) throw damaged(name, `has ${number} at ${i}, no ${type}`);
  }
  return data;
}

/** ONNX keeps small integers in int32_data and small unsigned ones in uint64_data. */
function typedField(proto: TensorProto, type: ElementType): ArrayLike<number | bigint> {
  switch (type) {
    case "float32":
      return proto.floatData;
    case "float64":
      return proto.doubleData;
    case "int64":
      return proto.int64Data;
    case "uint32":
    case "uint64":
      return proto.uint64Data;
    default:
      return proto.int32Data;
  }
}

function safeInteger(value: bigint, name: string, index: number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new StreamscopeError(
      "unsupported-model",
      `Tensor "${name}" has ${value} at ${index}; integers beyond 2^53 are not read.`,
      { tensor: name, index },
    );
  }
  return number;
}

function refuseNonFinite(data: TensorData, name: string): void {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i]!)) {
      throw new StreamscopeError("bad-model", `Tensor "${name}" has ${data[i]} at ${i}.`, {
        tensor: name,
        index: i,
      });
    }
  }
}

function damaged(name: string, what: string): StreamscopeError {
  return new StreamscopeError("bad-model", `Tensor "${name}" ${what}.`, { tensor: name });
}
