import type { Layer } from "./layer";
import type { AxisField, ReceptiveField } from "./receptive-field";

/** The receptive field in words: its size, its place in the network's input, and what of it lies in the padding. */
export function describeField(
  { rows, columns }: ReceptiveField,
  input: Pick<Layer, "height" | "width">,
): string {
  const full = `${length(rows.full)} × ${length(columns.full)} pixels`;
  if (!rows.seen || !columns.seen) return "It lies in the padding and sees zeros only.";
  const all = length(rows.seen) === input.height && length(columns.seen) === input.width;
  const place = all
    ? "all of the network’s input"
    : `rows ${rows.seen.first} to ${rows.seen.last}, columns ${columns.seen.first} to ${columns.seen.last}`;
  const one = length(rows.full) === 1 && length(columns.full) === 1;
  const sees = one
    ? `It is the pixel at row ${rows.full.first}, column ${columns.full.first}.`
    : `It sees ${full}: ${place}.`;
  const lost = [beyond(rows, "row"), beyond(columns, "column")].filter((text) => text !== "");
  return lost.length > 0
    ? `${sees} ${lost.join(" and ")} of them lie in the padding and count as zeros.`
    : sees;
}

function beyond({ full, seen }: AxisField, name: string): string {
  const lost = length(full) - (seen ? length(seen) : 0);
  return lost > 0 ? `${lost} ${name}${lost > 1 ? "s" : ""}` : "";
}

const length = ({ first, last }: { readonly first: number; readonly last: number }): number =>
  last - first + 1;
