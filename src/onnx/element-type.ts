import { TensorProto_DataType as Proto } from "onnx-buf";
import type { ElementType, TensorData } from "./model";

interface Layout {
  readonly proto: Proto;
  /** Bytes an element takes in a file. */
  readonly bytes: number;
  readonly array: new (length: number) => TensorData;
}

const LAYOUTS: Readonly<Record<ElementType, Layout>> = {
  float32: { proto: Proto.FLOAT, bytes: 4, array: Float32Array },
  float64: { proto: Proto.DOUBLE, bytes: 8, array: Float64Array },
  int8: { proto: Proto.INT8, bytes: 1, array: Int8Array },
  uint8: { proto: Proto.UINT8, bytes: 1, array: Uint8Array },
  int16: { proto: Proto.INT16, bytes: 2, array: Int16Array },
  uint16: { proto: Proto.UINT16, bytes: 2, array: Uint16Array },
  int32: { proto: Proto.INT32, bytes: 4, array: Int32Array },
  uint32: { proto: Proto.UINT32, bytes: 4, array: Uint32Array },
  int64: { proto: Proto.INT64, bytes: 8, array: Float64Array },
  uint64: { proto: Proto.UINT64, bytes: 8, array: Float64Array },
  bool: { proto: Proto.BOOL, bytes: 1, array: Uint8Array },
};

const BY_PROTO = new Map<number, ElementType>(
  Object.entries(LAYOUTS).map(([name, layout]) => [layout.proto, name as ElementType]),
);

/** The element type of ONNX's number, or undefined for those this program has no array for. */
export function elementTypeOf(proto: number): ElementType | undefined {
  return BY_PROTO.get(proto);
}

/** ONNX's number of an element type. */
export function protoOf(type: ElementType): Proto {
  return LAYOUTS[type].proto;
}

/** ONNX's own name for any of its element types, `FLOAT16` for 10. */
export function protoName(proto: number): string {
  return Proto[proto] ?? `type ${proto}`;
}

export function bytesPerElement(type: ElementType): number {
  return LAYOUTS[type].bytes;
}

/** A zeroed array of the kind that holds this element type. */
export function newTensorData(type: ElementType, length: number): TensorData {
  return new LAYOUTS[type].array(length);
}

export function isFloat(type: ElementType): boolean {
  return type === "float32" || type === "float64";
}
