import type { DataflowGraph, IntegerArray } from "../graph/dataflow";
import { sizeOf } from "../graph/dataflow";
import { StreamscopeError } from "../graph/errors";
import { integerArray } from "../graph/integer-array";

/**
 * A frame's bytes as the integers of `graph.input`: one element a value, in the smallest typed
 * array of the input's data type (one byte for UINT1..UINT8 and INT1..INT8, else two or four,
 * little-endian). Copies, so that the caller may reuse the array at once.
 *
 * Throws `bad-input` if the length is wrong or a value lies outside the data type.
 */
export function readInput(graph: DataflowGraph, bytes: Uint8Array): IntegerArray {
  const { shape, datatype } = graph.input;
  const values = integerArray(datatype, sizeOf(shape));
  if (bytes.length !== values.byteLength) {
    throw new StreamscopeError(
      "bad-input",
      `${graph.name} takes ${values.byteLength} bytes (${shape.join(" x ")} ${datatype.name}), but got ${bytes.length}.`,
      { expected: values.byteLength, got: bytes.length },
    );
  }
  new Uint8Array(values.buffer).set(bytes);
  const outside = values.findIndex((value) => value < datatype.min || value > datatype.max);
  if (outside >= 0) {
    throw new StreamscopeError(
      "bad-input",
      `Input value ${values[outside]} at position ${outside} is outside ${datatype.name} (${datatype.min} to ${datatype.max}).`,
      { position: outside },
    );
  }
  return values;
}

/** Throws `unsupported-model` unless the graph ends in LabelSelect, whose answer every run gives. */
export function checkGraph(graph: DataflowGraph): void {
  if (graph.nodes.at(-1)?.kind === "LabelSelect" && graph.nodes.length > 1) return;
  throw new StreamscopeError(
    "unsupported-model",
    `${graph.name} does not end in LabelSelect, so there are no best classes to show.`,
  );
}

/** Throws `bad-input` if a tap names no node of the graph. */
export function checkTaps(graph: DataflowGraph, taps: readonly string[]): void {
  const names = new Set(graph.nodes.map((node) => node.name));
  const unknown = taps.find((tap) => !names.has(tap));
  if (unknown !== undefined) {
    throw new StreamscopeError("bad-input", `${graph.name} has no node named "${unknown}".`, {
      node: unknown,
    });
  }
}
