import { createReferenceEngine } from "../src/emulator/reference/engine";
import type { DataflowGraph } from "../src/graph/dataflow";
import { StreamscopeError } from "../src/graph/errors";
import { float32Tensor, transpose } from "../src/onnx/tensor";
import { type NpyArray, readNpy } from "./npy";
import { readNamedFile } from "./read-file";

/** The classes that a network should give for an input, and those that it gave; best first. */
export interface VectorCheck {
  readonly expected: readonly number[];
  readonly found: readonly number[];
  readonly agrees: boolean;
}

/** Reads a network's input from a NumPy file: integers from 0 to 255, as uint8 or float32. Throws `bad-input`. */
export async function readVector(file: string): Promise<NpyArray> {
  const array = readNpy(await readNamedFile(file));
  const wrong = array.data.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 255);
  if (wrong >= 0) {
    throw new StreamscopeError(
      "bad-input",
      `Its value ${wrong} is ${array.data[wrong]}, but the network reads integers from 0 to 255. Save the image without scaling.`,
    );
  }
  return array;
}

/**
 * Runs the network on the vector, with channels first as in ONNX, by the reference engine. It agrees
 * if the best classes begin with the expected ones, in their order. Throws `bad-input` for another shape, `aborted`.
 */
export async function checkVector(
  graph: DataflowGraph,
  vector: NpyArray,
  expected: readonly number[],
  signal: AbortSignal,
): Promise<VectorCheck> {
  const engine = await createReferenceEngine(graph);
  try {
    const { top } = await engine.run(streamOf(graph, vector), { signal });
    const found = top.map(({ index }) => index);
    return { expected, found, agrees: expected.every((index, place) => found[place] === index) };
  } finally {
    engine.dispose();
  }
}

/** The bytes in the order in which the network reads them: channels last. */
function streamOf({ name, input }: DataflowGraph, { shape, data }: NpyArray): Uint8Array {
  const [batch = 1, height = 1, width = 1, channels = 1] = input.shape;
  const isMap = input.shape.length === 4;
  const wanted = isMap ? [batch, channels, height, width] : input.shape;
  if (wanted.join() !== shape.join()) {
    throw new StreamscopeError(
      "bad-input",
      `The vector has the shape ${shape.join("x")}, but ${name} reads ${wanted.join("x")}${isMap ? ", channels first" : ""}.`,
    );
  }
  return Uint8Array.from(isMap ? transpose(float32Tensor(shape, data), [0, 2, 3, 1]).data : data);
}
