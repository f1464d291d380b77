import { describe, expect, it } from "vitest";
import { pictureFromDrop, pictureFromPaste } from "./transfer";

/** Sends a real event through the DOM and hands over what its handler reads. */
function drop(data: DataTransfer): DataTransfer | null {
  let seen: DataTransfer | null = null;
  const listen = (event: DragEvent) => {
    seen = event.dataTransfer;
  };
  document.body.addEventListener("drop", listen, { once: true });
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  return seen;
}
function paste(data: DataTransfer): DataTransfer | null {
  let seen: DataTransfer | null = null;
  const listen = (event: ClipboardEvent) => {
    seen = event.clipboardData;
  };
  document.body.addEventListener("paste", listen, { once: true });
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  return seen;
}

function transferOf(...parts: (File | readonly [type: string, text: string])[]): DataTransfer {
  const data = new DataTransfer();
  for (const part of parts) {
    if (part instanceof File) data.items.add(part);
    else data.setData(part[0], part[1]);
  }
  return data;
}
const png = new File(["1"], "one.png", { type: "image/png" });
const jpeg = new File(["2"], "two.jpg", { type: "image/jpeg" });

describe("with the browser's own DataTransfer", () => {
  it("takes a dropped and a pasted file", () => {
    expect(pictureFromDrop(drop(transferOf(png))).file.name).toBe("one.png");
    expect(pictureFromPaste(paste(transferOf(png, ["text/html", "<img>"]))).file.name).toBe("one.png");
  });

  it("takes the first of two", () => {
    const { file, notes } = pictureFromDrop(drop(transferOf(jpeg, png)));
    expect(file.name).toBe("two.jpg");
    expect(notes).toEqual(['2 files at once: "two.jpg" is used.']);
  });

  it("tells links, text and nothing apart", () => {
    const link = transferOf(["text/uri-list", "https://example.org/cat.jpg"]);
    expect(() => pictureFromDrop(drop(link))).toThrow(/^That is a link/);
    expect(() => pictureFromPaste(paste(transferOf(["text/plain", "cat"])))).toThrow(/holds text/);
    expect(() => pictureFromDrop(drop(new DataTransfer()))).toThrow(/^Nothing was dropped/);
    expect(() => pictureFromDrop(new DragEvent("drop").dataTransfer)).toThrow(/^Nothing was dropped/);
  });
});
