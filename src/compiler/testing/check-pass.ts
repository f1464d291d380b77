import { expect } from "vitest";
import { dataType, isIntegerDataType } from "../../graph/datatype";
import { datatypeOf } from "../../onnx/annotations";
import { shapeOf } from "../../onnx/edit";
import type { OnnxModel, Tensor } from "../../onnx/model";
import { float32Tensor, sizeOfShape } from "../../onnx/tensor";
import { applyUntilStable, type Pass } from "../pass";
import { InferShapes } from "../passes/infer-shapes";
import { outputsOf } from "./execute";

const INPUTS = 4;

/** The model after passes; the given one stays as it is. */
export function transformed(model: OnnxModel, ...passes: readonly Pass[]): OnnxModel {
  const copy = structuredClone(model);
  for (const pass of passes) applyUntilStable(pass, copy);
  return copy;
}

/**
 * Applies a pass to a copy and holds it to what every pass owes: it says that it changed
 * something, a second run changes nothing, shapes are right, and the outputs are bit for bit
 * what they were. Returns the changed model.
 */
export function checkPass(pass: Pass, model: OnnxModel): OnnxModel {
  const after = structuredClone(model);
  expect(applyUntilStable(pass, after)).toBe(true);
  expect(applyUntilStable(pass, after)).toBe(false);
  expect(InferShapes.apply(after)).toBe(false);
  expectSameOutputs(model, after);
  return after;
}

/** The pass finds nothing to do. */
export function expectUntouched(pass: Pass, model: OnnxModel): void {
  const after = structuredClone(model);
  expect(pass.apply(after)).toBe(false);
  expect(after).toEqual(model);
}

/** Both put out the same for several inputs. `inputOfAfter` rearranges the input, where a pass changes what goes in. */
export function expectSameOutputs(
  before: OnnxModel,
  after: OnnxModel,
  inputOfAfter: (input: Tensor) => Tensor = (input) => input,
): void {
  for (let seed = 0; seed < INPUTS; seed++) {
    const input = someInput(before, seed);
    const expected = outputsOf(before, input);
    expect(outputsOf(after, inputOfAfter(input)).map(plain)).toEqual(expected.map(plain));
  }
}

/** Operators in stream order. */
export function operators(model: OnnxModel): string[] {
  return model.graph.nodes.map(({ opType }) => opType);
}

/** The constant of a node, by the node's operator and how many of that come before it. */
export function constantOf(model: OnnxModel, opType: string, slot = 1, place = 0): Tensor {
  const node = model.graph.nodes.filter((candidate) => candidate.opType === opType)[place];
  const constant = model.graph.initializers.get(node?.inputs[slot] ?? "");
  if (!constant) throw new RangeError(`${opType} ${place} has no constant at ${slot}`);
  return constant;
}

/** An input for a model, of its integers or of eighths from -4 to 4; another one for each seed. */
export function someInput({ graph }: OnnxModel, seed: number): Tensor {
  const name = graph.inputs[0]?.name ?? "";
  const shape = shapeOf(graph, name) ?? [];
  const annotated = datatypeOf(graph, name);
  const { min, max } = isIntegerDataType(annotated) ? dataType(annotated) : { min: -32, max: 32 };
  const unit = isIntegerDataType(annotated) ? 1 : 8;
  let state = seed + 1;
  const values = Array.from({ length: sizeOfShape(shape) }, () => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    return (min + ((state >> 16) % (max - min + 1))) / unit;
  });
  return float32Tensor(shape, values);
}

/** Shape and numbers; -0 is 0. */
function plain({ shape, data }: Tensor): { shape: readonly number[]; values: number[] } {
  return { shape, values: Array.from(data, (value) => value + 0) };
}
