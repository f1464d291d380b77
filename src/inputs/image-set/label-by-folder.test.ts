import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelByFolder } from "./label-by-folder";

const animals = { classes: 4, names: ["tench", "great white shark", "jack-o'-lantern", "Shih-Tzu"] };

describe("labels by folder", () => {
  test("a class is known by its index, also with leading zeros, and by its name in any case", () => {
    const paths = ["0/a.jpg", "003/b.jpg", "deep/Great_White_SHARK/c.jpg", "jack-o'-lantern/d.jpg"];
    const { labels, found, troubles } = labelByFolder(paths, animals);
    expect(paths.map((path) => labels.get(path))).toEqual([0, 3, 1, 2]);
    expect(found).toEqual({ index: 2, name: 2, wordnet: 0 });
    expect(troubles).toEqual([]);
  });

  test("what names no class is named, and the rest has its labels", () => {
    const { labels, troubles } = labelByFolder(["4/a.jpg", "cats/b.jpg", "tench/c.jpg", "d.jpg"], animals);
    expect([...labels]).toEqual([["tench/c.jpg", 0]]);
    expect(troubles).toEqual([
      { kind: "unknown-folder", names: ["4", "cats"] },
      { kind: "top-of-set", names: ["d.jpg"] },
    ]);
  });

  test("a name that two classes have is no label", () => {
    const cranes = { classes: 2, names: ["crane", "Crane"] };
    expect(labelByFolder(["crane/a.jpg"], cranes).labels.size).toBe(0);
  });

  test("any class is found again by its index, whatever the folder above", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.nat({ max: 5 }), (index, zeros) => {
        const path = `val/${String(index).padStart(zeros, "0")}/photo.jpg`;
        expect(labelByFolder([path], { classes: 1000, names: null }).labels.get(path)).toBe(index);
      }),
    );
  });

  test("WordNet ids tell their places only if all thousand are there", () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `n${String(1_440_764 + 37 * i).padStart(8, "0")}`);
    const paths = ids.toReversed().map((id) => `${id}/photo.JPEG`);
    const space = { classes: 1000, names: null };
    const all = labelByFolder(paths, space);
    expect(all.found.wordnet).toBe(1000);
    expect(ids.map((id) => all.labels.get(`${id}/photo.JPEG`))).toEqual(ids.map((_, i) => i));

    const but = labelByFolder(paths.slice(1), space);
    expect(but.labels.size).toBe(0);
    expect(but.troubles).toEqual([{ kind: "unknown-folder", names: ids.slice(0, 999) }]);
    // A thousand folders say nothing of a network with other classes.
    expect(labelByFolder(paths, { classes: 10, names: null }).labels.size).toBe(0);
  });
});
