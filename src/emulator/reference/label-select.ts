import type { IntegerArray, LabelSelect } from "../../graph/dataflow";
import { integerArray } from "../../graph/integer-array";

/**
 * The indices of the k largest values, best first. One scan: a value moves up past every
 * kept one that it beats strictly, so of equal values the lower index stays ahead.
 */
export function labelSelect(node: LabelSelect, input: IntegerArray): IntegerArray {
  const kept: number[] = [];
  input.forEach((value, label) => {
    let place = kept.length;
    while (place > 0 && value > input[kept[place - 1]!]!) place--;
    kept.splice(place, 0, label);
    kept.length = Math.min(kept.length, node.k);
  });
  const output = integerArray(node.output.datatype, kept.length);
  output.set(kept);
  return output;
}
