import { makeNode } from "../../onnx/edit";
import type { Attribute, ElementType, OnnxGraph, OnnxModel, Tensor } from "../../onnx/model";
import { float32Tensor, int64Tensor } from "../../onnx/tensor";

/** Standard operators only, of this version. onnxruntime-web and all its peers run it. */
const OPSET = 17;

/** Builds an ONNX graph from its input on, operator by operator. Tensors go by name. */
export class OnnxBuilder {
  readonly #graph: OnnxGraph;
  #fresh = 0;

  constructor(name: string) {
    this.#graph = {
      name,
      inputs: [],
      outputs: [],
      nodes: [],
      initializers: new Map(),
      valueInfo: new Map(),
      annotations: new Map(),
    };
  }

  input(name: string, elemType: ElementType, shape: readonly number[]): string {
    this.#graph.inputs.push({ name, elemType, shape: [...shape] });
    return name;
  }

  output(name: string, elemType: ElementType, shape: readonly number[]): void {
    this.#graph.outputs.push({ name, elemType, shape: [...shape] });
  }

  /** Appends an operator with one output, which gets the given or a fresh name; returns the name. */
  op(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = this.#name(opType),
  ): string {
    this.ops(opType, inputs, attributes, [output]);
    return output;
  }

  /** Appends an operator with several outputs. */
  ops(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    outputs: readonly string[],
  ): void {
    const name = `${opType} ${outputs.at(-1)}`;
    this.#graph.nodes.push(makeNode(opType, inputs, outputs, attributes, { name }));
  }

  constant(tensor: Tensor): string {
    const name = this.#name("constant");
    this.#graph.initializers.set(name, tensor);
    return name;
  }

  floats(shape: readonly number[], values: ArrayLike<number>): string {
    return this.constant(float32Tensor(shape, values));
  }

  /** A vector of int64: axes, shapes, counts. */
  integers(...values: readonly number[]): string {
    return this.constant(int64Tensor(values));
  }

  model(): OnnxModel {
    return {
      irVersion: 8,
      producer: "streamscope",
      opsets: new Map([["", OPSET]]),
      graph: this.#graph,
    };
  }

  #name(hint: string): string {
    return `${hint.toLowerCase()}/${this.#fresh++}`;
  }
}
