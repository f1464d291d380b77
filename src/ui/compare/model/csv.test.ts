import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv } from "./csv";
import { parseCsv } from "./testing/parse-csv";

test("quotes what must be quoted, and only that", () => {
  expect(
    toCsv([
      ["name", "n"],
      ['a "b", c', 1.5],
      ["two\nlines", null],
      ["", true],
    ]),
  ).toBe('name,n\r\n"a ""b"", c",1.5\r\n"two\nlines",\r\n,true\r\n');
});

test("no text begins as a formula does", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']) {
    expect(parseCsv(toCsv([[text]]))).toEqual([[`'${text}`]]);
  }
  expect(toCsv([[-1.5]])).toBe("-1.5\r\n");
});

test("a reader that follows the RFC gets back what was written", () => {
  const plain = fc.string({ unit: "grapheme" }).filter((text) => !/^[=+\-@\t\r\n]/.test(text));
  const tables = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(plain, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(tables, (rows) => {
      expect(parseCsv(toCsv(rows))).toEqual(rows);
    }),
  );
});
