/** What a cell may hold; null leaves it empty. */
export type Cell = string | number | boolean | null;

/**
 * A table as RFC 4180 has it: lines end with CR LF; what holds a comma, a quote or a line end is
 * quoted, with quotes doubled. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(",")}\r\n`).join("");
}

function toCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
