import type { PickedPixel } from "./layers-slice";

/** The network's input, in place of a node's name; FINN's names have a number at their end. */
export const inputInLinks = "input";
const format = /^([A-Za-z]\w{0,79})\.(\d{1,5})\.(\d{1,5})$/;

/** A pixel as links carry it: "MVAU_hls_3.10.12", "input.0.223". */
export function pixelText({ node, row, column }: PickedPixel): string {
  return `${node ?? inputInLinks}.${row}.${column}`;
}

/** Null if it is no such text. */
export function readPixel(text: string): PickedPixel | null {
  const match = format.exec(text);
  if (!match) return null;
  const [, node = inputInLinks, row, column] = match;
  return { node: node === inputInLinks ? null : node, row: Number(row), column: Number(column) };
}
