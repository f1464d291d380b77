import { setDatatype } from "../annotations";
import { QONNX_DOMAIN } from "../domains";
import type { ElementType, OnnxModel, OnnxNode, Tensor, ValueInfo } from "../model";

export interface ModelParts {
  /** Graph inputs by name, with their shapes. Default: `x` of [1, 2, 4, 4]. */
  readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
  /** Graph outputs by name. Default: `y`. Their shapes are for inference to find. */
  readonly outputs?: readonly string[];
  readonly constants?: Readonly<Record<string, Tensor>>;
  /** In topological order; a node without a name is named after its operator and place. */
  readonly nodes: readonly OnnxNode[];
  /** FINN data types by tensor. */
  readonly datatypes?: Readonly<Record<string, string>>;
  readonly opset?: number;
}

/** A small model for a test, of float32 tensors. */
export function buildModel(parts: ModelParts): OnnxModel {
  const { inputs = { x: [1, 2, 4, 4] }, outputs = ["y"], constants = {}, datatypes = {}, opset = 13 } = parts;
  const float = (
    name: string,
    shape: readonly (number | string)[],
    elemType: ElementType = "float32",
  ): ValueInfo => ({
    name,
    elemType,
    shape: [...shape],
  });
  const model: OnnxModel = {
    irVersion: 8,
    producer: "test",
    opsets: new Map([
      ["", opset],
      [QONNX_DOMAIN, 2],
    ]),
    graph: {
      name: "test",
      inputs: Object.entries(inputs).map(([name, shape]) => float(name, shape)),
      outputs: outputs.map((name) => float(name, [])),
      nodes: parts.nodes.map((node, i) => ({ ...node, name: node.name || `${node.opType}_${i}` })),
      initializers: new Map(Object.entries(constants)),
      valueInfo: new Map(),
      annotations: new Map(),
    },
  };
  for (const [tensor, datatype] of Object.entries(datatypes)) setDatatype(model.graph, tensor, datatype);
  return model;
}

/** Makes a node of the domain that qonnx and FINN share. */
export function inQonnxDomain(node: OnnxNode): OnnxNode {
  return { ...node, domain: QONNX_DOMAIN };
}
