/** Reads a table of RFC 4180, to check what was written: rows of cells. Throws where it is none. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
      cell.lastIndex = at;
      const [raw = "", quoted] = cell.exec(text) ?? [];
      row.push(quoted === undefined ? raw : quoted.replaceAll('""', '"'));
      at += raw.length;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (!text.startsWith("\r\n", at)) throw new Error(`no line end at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}
