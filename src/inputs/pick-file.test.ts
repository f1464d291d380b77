import { describe, expect, it } from "vitest";
import { pickFile } from "./pick-file";

const png = new File(["1"], "one.png", { type: "image/png" });
const jpeg = new File(["2"], "two.jpg", { type: "image/jpeg" });
const text = new File(["3"], "notes.txt", { type: "text/plain" });

describe("pickFile", () => {
  it("takes the only file, whatever its type says", () => {
    expect(pickFile([text])).toEqual({ file: text, notes: [] });
  });

  it("takes the first picture of several and says so", () => {
    const { file, notes } = pickFile([text, jpeg, png]);
    expect(file).toBe(jpeg);
    expect(notes).toEqual(['3 files at once: "two.jpg" is used.']);
  });

  it("refuses an empty choice", () => {
    expect(() => pickFile([])).toThrow("No file was chosen.");
  });
});
