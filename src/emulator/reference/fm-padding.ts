import { type FMPadding, type IntegerArray, mapShape, sizeOf } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/** Zero padding: the map in the middle of a larger one of zeros. NHWC in and out. */
export function fmPadding(node: FMPadding, input: IntegerArray): IntegerArray {
  const output = integerArray(node.output.datatype, sizeOf(node.output.shape));
  const from = mapShape(node.input);
  const to = mapShape(node.output);
  const rowLength = from.width * from.channels;
  for (let y = 0; y < from.height; y++) {
    const row = input.subarray(y * rowLength, (y + 1) * rowLength);
    output.set(row, ((y + node.pad.top) * to.width + node.pad.left) * to.channels);
  }
  return output;
}
