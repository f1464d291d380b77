import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from "onnx-buf";
import { protoOf } from "./element-type";
import type { Attribute, OnnxModel, Tensor, ValueInfo } from "./model";

type AttributeInit = MessageInitShape<typeof AttributeProtoSchema>;
type TensorInit = MessageInitShape<typeof TensorProtoSchema>;
type ValueInfoInit = MessageInitShape<typeof ValueInfoProtoSchema>;

const utf8 = new TextEncoder();

/**
 * Writes an ONNX file, values as raw bytes. `readOnnx(writeOnnx(model))` gives the model
 * back, provided it is one that `readOnnx` could have made.
 */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const { graph } = model;
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(model.irVersion),
      producerName: model.producer,
      opsetImport: [...model.opsets].map(([domain, version]) => ({ domain, version: BigInt(version) })),
      graph: {
        name: graph.name,
        node: graph.nodes.map((node) => ({
          name: node.name,
          opType: node.opType,
          domain: node.domain,
          input: node.inputs,
          output: node.outputs,
          attribute: [...node.attributes].map(([name, attribute]) => writeAttribute(name, attribute)),
        })),
        initializer: [...graph.initializers].map(([name, tensor]) => writeTensor(name, tensor)),
        input: graph.inputs.map(writeValueInfo),
        output: graph.outputs.map(writeValueInfo),
        valueInfo: [...graph.valueInfo.values()].map(writeValueInfo),
        quantizationAnnotation: [...graph.annotations].map(([tensorName, entries]) => ({
          tensorName,
          quantParameterTensorNames: [...entries].map(([key, value]) => ({ key, value })),
        })),
      },
    }),
  );
}

function writeAttribute(name: string, attribute: Attribute): AttributeInit {
  switch (attribute.kind) {
    case "int":
      return { name, type: AttributeType.INT, i: BigInt(attribute.value) };
    case "float":
      return { name, type: AttributeType.FLOAT, f: attribute.value };
    case "string":
      return { name, type: AttributeType.STRING, s: utf8.encode(attribute.value) };
    case "ints":
      return { name, type: AttributeType.INTS, ints: attribute.value.map(BigInt) };
    case "floats":
      return { name, type: AttributeType.FLOATS, floats: attribute.value };
    case "strings":
      return { name, type: AttributeType.STRINGS, strings: attribute.value.map((text) => utf8.encode(text)) };
    case "tensor":
      return { name, type: AttributeType.TENSOR, t: writeTensor("", attribute.value) };
  }
}

function writeTensor(name: string, tensor: Tensor): TensorInit {
  return {
    name,
    dims: tensor.shape.map(BigInt),
    dataType: protoOf(tensor.elemType),
    rawData: rawBytes(tensor),
  };
}

function rawBytes({ elemType, data }: Tensor): Uint8Array<ArrayBuffer> {
  if (elemType === "int64") return new Uint8Array(BigInt64Array.from(data, BigInt).buffer);
  if (elemType === "uint64") return new Uint8Array(BigUint64Array.from(data, BigInt).buffer);
  const bytes = new Uint8Array(data.byteLength);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytes;
}

function writeValueInfo({ name, elemType, shape }: ValueInfo): ValueInfoInit {
  return {
    name,
    type: {
      value: {
        case: "tensorType",
        value: {
          elemType: protoOf(elemType),
          shape: {
            dim: shape.map((dim) => ({
              value:
                typeof dim === "number"
                  ? { case: "dimValue" as const, value: BigInt(dim) }
                  : { case: "dimParam" as const, value: dim },
            })),
          },
        },
      },
    },
  };
}
