import type { DataType } from "../../graph/datatype";
import { integerArray } from "../../graph/integer-array";

/** ONNX's element type of the typed array that holds a data type's values. */
export function arrayType(datatype: DataType): "int8" | "uint8" | "int16" | "uint16" | "int32" {
  const array = integerArray(datatype, 0);
  if (array instanceof Int8Array) return "int8";
  if (array instanceof Uint8Array) return "uint8";
  if (array instanceof Int16Array) return "int16";
  if (array instanceof Uint16Array) return "uint16";
  return "int32";
}
