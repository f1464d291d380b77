import { fromBinary } from "@bufbuild/protobuf";
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from "onnx-buf";
import { StreamscopeError } from "../graph/errors";
import { checkNames } from "./check-names";
import { moveConstantsToInitializers } from "./constants";
import { normaliseDomain, QONNX_DOMAIN } from "./domains";
import { elementTypeOf, protoName } from "./element-type";
import type { OnnxGraph, OnnxModel, OnnxNode, ValueInfo } from "./model";
import { readAttribute } from "./read-attribute";
import { readTensor } from "./read-tensor";
import { topologicalSort } from "./topological-sort";

const MAX_FILE_BYTES = 512 * 2 ** 20;

/**
 * IR versions only ever added things; those added since 3 that matter here (sparse tensors,
 * functions, new element types) are refused where they occur.
 */
const IR_VERSIONS = { first: 3, last: 13 };

/**
 * Opsets of the default domain. 9 to 13 is what FINN and Brevitas export. Up to 18 the
 * operators the compiler knows kept their meaning but for new attributes and inputs
 * (Reshape's `allowzero`, BatchNormalization's `training_mode`, Shape's `start` and `end`,
 * Pad's `axes`), which the passes check; 19 gave AveragePool dilations.
 */
const OPSETS = { first: 9, last: 18 };

/**
 * Reads an ONNX file.
 *
 * The model that comes back is sound: nodes have unique names and are in topological order,
 * every tensor has one origin, every value read is made somewhere, tensors hold as many
 * values as their shape says, and floats are finite. FINN's and Brevitas' old domain names
 * are read as `qonnx.custom_op.general`, `Constant` nodes as initializers, and an
 * initializer that is listed as an input (IR 3) is an initializer only.
 *
 * Throws `bad-model` for a file that is damaged or no ONNX model, and `unsupported-model`
 * for one that is fine but uses what this program does not read; `details` names the node
 * or tensor.
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const proto = parse(bytes);
  const irVersion = Number(proto.irVersion);
  if (irVersion < IR_VERSIONS.first || irVersion > IR_VERSIONS.last) {
    throw new StreamscopeError(
      "unsupported-model",
      `The file has ONNX IR version ${irVersion}; versions ${IR_VERSIONS.first} to ${IR_VERSIONS.last} are read.`,
      { irVersion },
    );
  }
  if (proto.functions.length > 0) {
    throw new StreamscopeError(
      "unsupported-model",
      `The model defines functions of its own ("${proto.functions[0]?.name}"). Inline them (onnx.inliner) and save it again.`,
    );
  }
  const opsets = readOpsets(proto);
  const graph = readGraph(proto.graph ?? notOnnx());
  // Old FINN files use their operators without importing them.
  if (!opsets.has(QONNX_DOMAIN) && graph.nodes.some(({ domain }) => domain === QONNX_DOMAIN)) {
    opsets.set(QONNX_DOMAIN, 1);
  }
  return {
    // From IR 4 on, initializers need not be inputs: that is the form the graph is kept in.
    irVersion: Math.max(4, irVersion),
    producer: proto.producerName,
    opsets,
    graph,
  };
}

function parse(bytes: Uint8Array): ModelProto {
  if (bytes.length === 0) throw new StreamscopeError("bad-model", "The file is empty.");
  if (bytes.length > MAX_FILE_BYTES) {
    throw new StreamscopeError(
      "unsupported-model",
      `The file has ${Math.ceil(bytes.length / 2 ** 20)} MB; models of up to ${MAX_FILE_BYTES / 2 ** 20} MB are read.`,
    );
  }
  let proto: ModelProto;
  try {
    proto = fromBinary(ModelProtoSchema, bytes, { readUnknownFields: false });
  } catch (cause) {
    throw new StreamscopeError(
      "bad-model",
      "The file is no ONNX model, or it is damaged or cut off. Export or download it again.",
      {},
      { cause },
    );
  }
  if (!proto.graph) notOnnx();
  return proto;
}

/** Nearly any bytes parse as some message, so a foreign file shows as a model without a graph. */
function notOnnx(): never {
  throw new StreamscopeError("bad-model", "The file is no ONNX model: it has no graph.");
}

function readOpsets(proto: ModelProto): Map<string, number> {
  const opsets = new Map<string, number>();
  for (const entry of proto.opsetImport) {
    const domain = normaliseDomain(entry.domain);
    opsets.set(domain, Math.max(Number(entry.version), opsets.get(domain) ?? 0));
  }
  const version = opsets.get("");
  if (version === undefined) {
    throw new StreamscopeError("bad-model", "The model does not say which ONNX opset it uses.");
  }
  if (version < OPSETS.first || version > OPSETS.last) {
    throw new StreamscopeError(
      "unsupported-model",
      `The model uses ONNX opset ${version}; opsets ${OPSETS.first} to ${OPSETS.last} are read. Export it again with one of these.`,
      { opset: version },
    );
  }
  return opsets;
}

function readGraph(proto: GraphProto): OnnxGraph {
  if (proto.sparseInitializer.length > 0) {
    const name = proto.sparseInitializer[0]?.values?.name ?? "";
    throw new StreamscopeError(
      "unsupported-model",
      `Tensor "${name}" is sparse; only dense tensors are read.`,
      { tensor: name },
    );
  }
  const initializers: OnnxGraph["initializers"] = new Map();
  for (const tensor of proto.initializer) {
    if (initializers.has(tensor.name)) {
      throw new StreamscopeError("bad-model", `Two initializers are named "${tensor.name}".`, {
        tensor: tensor.name,
      });
    }
    initializers.set(tensor.name, readTensor(tensor, tensor.name));
  }
  const nodes = nameNodes(proto.node);
  const graph: OnnxGraph = {
    name: proto.name,
    inputs: proto.input.filter((value) => !initializers.has(value.name)).map(readInput),
    outputs: proto.output.map(readValueInfo),
    nodes,
    initializers,
    valueInfo: new Map(),
    annotations: new Map(),
  };
  if (graph.outputs.length === 0) throw new StreamscopeError("bad-model", "The graph has no outputs.");
  moveConstantsToInitializers(graph);
  checkNames(graph);
  graph.nodes = topologicalSort(graph.nodes);

  const ends = new Set([...graph.inputs, ...graph.outputs].map((value) => value.name));
  for (const value of proto.valueInfo) {
    // Exporters also describe initializers and tensors that are gone.
    if (!hasShape(value) || ends.has(value.name) || initializers.has(value.name)) continue;
    graph.valueInfo.set(value.name, readValueInfo(value));
  }
  for (const { tensorName, quantParameterTensorNames } of proto.quantizationAnnotation) {
    const entries = graph.annotations.get(tensorName) ?? new Map<string, string>();
    for (const { key, value } of quantParameterTensorNames) entries.set(key, value);
    graph.annotations.set(tensorName, entries);
  }
  return graph;
}

/** Nodes with names: a missing or repeated one is replaced by `<op>_<position>`. */
function nameNodes(protos: readonly NodeProto[]): OnnxNode[] {
  const given = new Set(protos.map((proto) => proto.name));
  const used = new Set<string>();
  return protos.map((proto, position) => {
    let name = proto.name;
    if (!name || used.has(name)) {
      name = `${proto.opType}_${position}`;
      while (given.has(name) || used.has(name)) name += "_";
    }
    used.add(name);
    return readNode(proto, name);
  });
}

function readNode(proto: NodeProto, name: string): OnnxNode {
  if (!proto.opType)
    throw new StreamscopeError("bad-model", `Node "${name}" has no operator.`, { node: name });
  const attributes: OnnxNode["attributes"] = new Map();
  for (const attribute of proto.attribute) {
    attributes.set(attribute.name, readAttribute(attribute, name, proto.opType));
  }
  return {
    name,
    opType: proto.opType,
    domain: normaliseDomain(proto.domain),
    inputs: proto.input,
    outputs: proto.output,
    attributes,
  };
}

function hasShape({ type }: ValueInfoProto): boolean {
  return type?.value.case === "tensorType" && type.value.value.shape !== undefined;
}

function readInput(proto: ValueInfoProto): ValueInfo {
  const value = readValueInfo(proto);
  if (hasShape(proto)) return value;
  throw new StreamscopeError("unsupported-model", `The input "${proto.name}" has no shape.`, {
    tensor: proto.name,
  });
}

function readValueInfo(proto: ValueInfoProto): ValueInfo {
  const { name, type } = proto;
  if (type?.value.case !== "tensorType") {
    const found = type?.value.case?.replace("Type", "") ?? "unknown type";
    throw new StreamscopeError("unsupported-model", `"${name}" is no dense tensor but a ${found}.`, {
      tensor: name,
    });
  }
  const tensor = type.value.value;
  const elemType = elementTypeOf(tensor.elemType);
  if (!elemType) {
    throw new StreamscopeError(
      "unsupported-model",
      `"${name}" is of type ${protoName(tensor.elemType)}, which is not read. Export the model in float32.`,
      { tensor: name, type: protoName(tensor.elemType) },
    );
  }
  const shape = (tensor.shape?.dim ?? []).map(({ value }) => {
    if (value.case !== "dimValue") return value.value ?? "";
    const dim = Number(value.value);
    if (dim < 0 || !Number.isSafeInteger(dim)) {
      throw new StreamscopeError("bad-model", `"${name}" has a dimension of ${value.value}.`, {
        tensor: name,
      });
    }
    return dim;
  });
  return { name, elemType, shape };
}
