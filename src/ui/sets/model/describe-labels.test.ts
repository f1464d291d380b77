import { describe, expect, test } from "vitest";
import { labelByFolder } from "../../../inputs/image-set/label-by-folder";
import { labelByList } from "../../../inputs/image-set/label-by-list";
import { noLabels } from "../../../inputs/image-set/labelling";
import { describeLabels, describeTroubles } from "./describe-labels";

const space = { classes: 10, names: ["tench"] };

describe("labels in words", () => {
  test("how many pictures have one, and how it was found", () => {
    const labelling = labelByFolder(["1/a", "1/b", "2/c", "tench/d", "x/e"], space);
    expect(describeLabels({ kind: "folders" }, labelling, 5)).toBe(
      "4 of 5 pictures have a label: 2 folders by the class’s index, 1 folder by its name.",
    );
    expect(describeTroubles(labelling)).toEqual(["1 folder that names no class of this model: x"]);
    expect(describeLabels({ kind: "none" }, noLabels, 5)).toContain("no accuracy");
  });

  test("troubles are counted in full and named in part", () => {
    const paths = Array.from({ length: 14 }, (_, i) => `${i}.jpg`);
    const labelling = labelByList(paths, { path: "val.txt", text: "gone.jpg 3\n0.jpg 77" }, space);
    expect(describeTroubles(labelling)).toEqual([
      "1 label in the list that is no class of this model: 77",
      "1 entry of the list without a file: gone.jpg",
      "13 pictures not in the list: 1.jpg, 2.jpg, 3.jpg, 4.jpg, 5.jpg, 6.jpg, 7.jpg, 8.jpg, 9.jpg, 10.jpg and 3 more",
    ]);
  });
});
