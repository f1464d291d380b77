import { type AttributeProto, AttributeProto_AttributeType as Type } from "onnx-buf";
import { StreamscopeError } from "../graph/errors";
import type { Attribute } from "./model";
import { readTensor } from "./read-tensor";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads one attribute of a node. Throws `unsupported-model` for subgraphs (If, Loop, Scan),
 * sparse tensors and types, and `bad-model` for what can not be.
 */
export function readAttribute(proto: AttributeProto, node: string, op: string): Attribute {
  const where = `attribute "${proto.name}"`;
  const refuse = (code: "bad-model" | "unsupported-model", reason: string) =>
    new StreamscopeError(code, `${node} (${op}): ${reason}.`, { node, op, reason });
  const int = (value: bigint): number => {
    const number = Number(value);
    // PyTorch writes INT64_MAX for "to the end"; no attribute needs more than 2^53.
    if (!Number.isSafeInteger(number)) throw refuse("unsupported-model", `${where} is ${value}, beyond 2^53`);
    return number;
  };
  const string = (value: Uint8Array): string => {
    try {
      return utf8.decode(value);
    } catch {
      throw refuse("bad-model", `${where} is no UTF-8 text`);
    }
  };
  switch (proto.type) {
    case Type.INT:
      return { kind: "int", value: int(proto.i) };
    case Type.FLOAT:
      return { kind: "float", value: proto.f };
    case Type.STRING:
      return { kind: "string", value: string(proto.s) };
    case Type.INTS:
      return { kind: "ints", value: proto.ints.map(int) };
    case Type.FLOATS:
      return { kind: "floats", value: proto.floats };
    case Type.STRINGS:
      return { kind: "strings", value: proto.strings.map(string) };
    case Type.TENSOR:
      if (!proto.t) throw refuse("bad-model", `${where} has no tensor`);
      return { kind: "tensor", value: readTensor(proto.t, proto.t.name || `${node}.${proto.name}`) };
    case Type.GRAPH:
    case Type.GRAPHS:
      throw refuse("unsupported-model", "operators with subgraphs are not supported");
    case Type.UNDEFINED:
      throw refuse("bad-model", `${where} has no type`);
    default:
      throw refuse(
        "unsupported-model",
        `${where} is of type ${Type[proto.type] ?? proto.type}, which is not read`,
      );
  }
}
