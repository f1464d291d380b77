import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelByList } from "./label-by-list";

const space = {
  classes: 1000,
  names: Array.from({ length: 1000 }, (_, i) => (i === 7 ? "black swan" : `c${i}`)),
};
const read = (paths: string[], text: string, path = "val.txt") => labelByList(paths, { path, text }, space);

describe("labels by a list", () => {
  test.each([
    ["a space", "a.jpg 7"],
    ["a tab", "a.jpg\t7"],
    ["a comma", "a.jpg,7"],
    ["a comma and a space", "a.jpg, 7"],
    ["CSV's quotes", '"a.jpg","7"'],
    ["a name after a space", "a.jpg black swan"],
    ["a name after a comma", "a.jpg,Black_Swan"],
    ["Windows' ends and a mark at the beginning", "\uFEFF# file, class\r\n\r\n.\\a.jpg 007\r\n"],
  ])("%s", (_, text) => {
    const { labels, troubles } = read(["a.jpg"], text);
    expect([...labels]).toEqual([["a.jpg", 7]]);
    expect(troubles).toEqual([]);
  });

  test("files are named from the set, from the list's folder, or by a name that no other has", () => {
    const paths = ["val/x/a.jpg", "val/x/b.jpg", "val/y/b.jpg", "val/y/c.jpg"];
    const { labels, troubles } = read(
      paths,
      "val/x/a.jpg 1\nx/b.jpg 2\nc.jpg 3\nb.jpg 4\nz/c.jpg 5",
      "val/val.txt",
    );
    expect([...labels]).toEqual([
      ["val/x/a.jpg", 1],
      ["val/x/b.jpg", 2],
      ["val/y/c.jpg", 3],
    ]);
    expect(troubles).toEqual([
      { kind: "no-file", names: ["z/c.jpg"] },
      { kind: "ambiguous-file", names: ["b.jpg"] },
      { kind: "not-listed", names: ["val/y/b.jpg"] },
    ]);
  });

  test("what cannot be resolved is named, and the rest has its labels", () => {
    const { labels, troubles } = read(
      ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"],
      "a.jpg 1000\nb.jpg dragon\nc.jpg 1\nc.jpg 2\nd.jpg 3\nd.jpg 3\ngone.jpg 4\nnonsense",
    );
    expect([...labels]).toEqual([["d.jpg", 3]]);
    expect(troubles).toEqual([
      { kind: "unknown-label", names: ["1000", "dragon"] },
      { kind: "no-file", names: ["gone.jpg", "nonsense"] },
      { kind: "contradiction", names: ["c.jpg"] },
      { kind: "not-listed", names: ["e.jpg"] },
    ]);
  });

  test("a list read back gives the labels it was written of, whatever is in the files' names", () => {
    const name = fc
      .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."ab7-_ ,'") })
      .map((text) => `p${text}q.jpg`);
    const entries = fc.uniqueArray(fc.tuple(name, fc.integer({ min: 0, max: 999 })), {
      selector: ([file]) => file,
    });
    fc.assert(
      fc.property(entries, fc.constantFrom(" ", "\t", ",", ", "), (labelled, separator) => {
        const text = labelled.map(([file, index]) => `${file}${separator}${index}`).join("\n");
        const { labels, troubles } = read(
          labelled.map(([file]) => file),
          text,
        );
        expect([...labels].sort()).toEqual(labelled.toSorted());
        expect(troubles).toEqual([]);
      }),
    );
  });
});
