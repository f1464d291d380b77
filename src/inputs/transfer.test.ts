import { describe, expect, it } from "vitest";
import { pictureFromDrop, pictureFromPaste, type Transfer, type TransferItem } from "./transfer";

const png = new File(["1"], "image.png", { type: "image/png" });
const folder = new File([], "Holidays");

function fileItem(file: File, isDirectory = false): TransferItem {
  return { kind: "file", getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory }) };
}
function transfer(items: TransferItem[], texts: Readonly<Record<string, string>> = {}): Transfer {
  const textItems = Object.keys(texts).map(() => ({ kind: "string", getAsFile: () => null }));
  return { items: [...textItems, ...items], getData: (type) => texts[type] ?? "" };
}

describe("pictureFromDrop", () => {
  it("takes a file", () => {
    expect(pictureFromDrop(transfer([fileItem(png)])).file).toBe(png);
  });

  it("takes the picture of a page, which comes with its address", () => {
    const address = { "text/uri-list": "https://example.org/a.png", "text/html": "<img>" };
    expect(pictureFromDrop(transfer([fileItem(png)], address)).file).toBe(png);
  });

  it("passes over a folder among files", () => {
    expect(pictureFromDrop(transfer([fileItem(folder, true), fileItem(png)]))).toEqual({
      file: png,
      notes: [],
    });
  });

  it.each([
    ["nothing", transfer([]), "Nothing was dropped. Drop a picture file."],
    ["no data", null, "Nothing was dropped. Drop a picture file."],
    ["a folder", transfer([fileItem(folder, true)]), "Drop a picture, not a folder."],
    [
      "a link",
      transfer([], { "text/uri-list": "https://example.org/" }),
      /^That is a link.* Save the picture/,
    ],
    ["an address", transfer([], { "text/plain": "https://example.org/cat.jpg\n" }), /^That is a link/],
    ["text", transfer([], { "text/plain": "see https://example.org" }), /^That is text/],
    ["a piece of a page", transfer([], { "text/html": "<b></b>" }), /^That is text/],
    ["a file that is gone", transfer([{ kind: "file", getAsFile: () => null }]), /^Nothing was dropped/],
  ])("says what is wrong with %s", (_, data, sentence) => {
    expect(() => pictureFromDrop(data)).toThrow(sentence);
  });
});

describe("pictureFromPaste", () => {
  it("takes a copied image, also where browsers know no entries", () => {
    const item: TransferItem = { kind: "file", getAsFile: () => png };
    expect(pictureFromPaste(transfer([item], { "text/html": "<img>" })).file).toBe(png);
  });

  it.each([
    [null, "The clipboard holds no picture. Copy a picture first."],
    [transfer([fileItem(folder, true)]), "The clipboard holds a folder. Copy a picture, not a folder."],
    [transfer([], { "text/plain": "https://example.org/cat.jpg" }), /^The clipboard holds a link/],
    [transfer([], { "text/plain": "cat" }), "The clipboard holds text, not a picture. Copy a picture first."],
  ])("says what is wrong with the clipboard: %#", (data, sentence) => {
    expect(() => pictureFromPaste(data)).toThrow(sentence);
  });
});
