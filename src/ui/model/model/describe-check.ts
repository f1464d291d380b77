import type { CheckReport } from "../../../workers/compiler-api";
import { formatInteger } from "../../kit/format";

/** What the comparison of all layers came to, in one sentence. */
export function describeCheck({ layers }: Pick<CheckReport, "layers">): string {
  const sum = (figure: "values" | "differing") => layers.reduce((total, layer) => total + layer[figure], 0);
  const compared = `${formatInteger(sum("values"))} values of ${layers.length} layers compared`;
  const wrong = layers.filter(({ differing }) => differing > 0);
  const [first] = wrong;
  if (!first) return `${compared}: 0 differ.`;
  const layersOf = wrong.length === 1 ? "1 layer" : `${wrong.length} layers`;
  return `${compared}: ${formatInteger(sum("differing"))} differ, in ${layersOf}. The first is ${first.node}.`;
}
