import { setDatatype } from "../../onnx/annotations";
import { QONNX_DOMAIN } from "../../onnx/domains";
import { makeNode } from "../../onnx/edit";
import type { Attribute, OnnxModel, OnnxNode, Tensor } from "../../onnx/model";
import { float32Tensor } from "../../onnx/tensor";
import { buildModel } from "../../onnx/testing/build-model";
import { InferDataTypes } from "../passes/infer-data-types";
import { InferShapes } from "../passes/infer-shapes";

/** A constant with FINN's data type. */
export interface TypedTensor {
  readonly value: Tensor;
  readonly datatype: string;
}

const QONNX_OPS: ReadonlySet<string> = new Set(["Im2Col", "MultiThreshold", "QuantAvgPool2d"]);

/**
 * Builds a model in which each node reads what the one before it makes: `op` appends an operator
 * with its further, constant inputs. Nodes are named after their operator and place.
 */
export class ModelChain {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: Record<string, Tensor> = {};
  readonly #datatypes: Record<string, string> = {};

  /** The input's shape and, if it holds integers, their data type. */
  constructor(
    readonly shape: readonly number[],
    readonly datatype = "FLOAT32",
  ) {}

  op(
    opType: string,
    constants: readonly (Tensor | TypedTensor)[] = [],
    attributes: Readonly<Record<string, Attribute>> = {},
    outputs = 1,
  ): this {
    const name = `${opType}_${this.#nodes.length}`;
    const inputs = constants.map((constant, i) => {
      const typed = "value" in constant ? constant : { value: constant, datatype: "FLOAT32" };
      const constantName = `${name}_constant${i}`;
      this.#constants[constantName] = typed.value;
      if (typed.datatype !== "FLOAT32") this.#datatypes[constantName] = typed.datatype;
      return constantName;
    });
    // TopK's second output goes on: the indices.
    const names = Array.from({ length: outputs }, (_, i) =>
      i === outputs - 1 ? `${name}_out` : `${name}_unused${i}`,
    );
    const domain = QONNX_OPS.has(opType) ? QONNX_DOMAIN : "";
    this.#nodes.push(makeNode(opType, [this.last, ...inputs], names, attributes, { name, domain }));
    return this;
  }

  build(): OnnxModel {
    const model = buildModel({
      inputs: { x: this.shape },
      outputs: [this.last],
      nodes: this.#nodes,
      constants: this.#constants,
      datatypes: { ...this.#datatypes, x: this.datatype },
    });
    InferShapes.apply(model);
    InferDataTypes.apply(model);
    setDatatype(model.graph, "x", this.datatype);
    return model;
  }

  /** The tensor at the end of the chain. */
  get last(): string {
    return this.#nodes.at(-1)?.outputs.at(-1) ?? "x";
  }
}

/** Numbers as a float32 tensor. */
export function tensor(shape: readonly number[], values: readonly number[]): Tensor {
  return float32Tensor(shape, values);
}

/** One number per channel of an NCHW map. */
export function perChannelOfMap(...values: readonly number[]): Tensor {
  return float32Tensor([1, values.length, 1, 1], values);
}

/** Small integers that fill a shape, none of them zero alike from place to place. */
export function integers(shape: readonly number[], datatype = "INT4", low = -7, high = 7): TypedTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const range = high - low + 1;
  const values = Array.from({ length: size }, (_, i) => low + ((i * 5 + Math.floor(i / 3) + 2) % range));
  return { value: float32Tensor(shape, values), datatype };
}

/** Thresholds `[channels, steps]` that ascend from `first` by `step`, one more for each channel. */
export function staircase(channels: number, steps: number, first: number, step: number): Tensor {
  return float32Tensor(
    [channels, steps],
    Array.from({ length: channels * steps }, (_, i) => first + Math.floor(i / steps) + (i % steps) * step),
  );
}
