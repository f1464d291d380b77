import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { formatOf } from "./magic";
import { checkFileSize, sniffPicture } from "./sniff";

/** See fixtures/images/make_images.py. */
interface Entry {
  readonly file: string;
  readonly expect: "ok" | "refuse";
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
  readonly frames?: number;
}
const folder = "fixtures/images";
const { images }: { images: Entry[] } = JSON.parse(readFileSync(`${folder}/images.json`, "utf8"));
const bytesOf = (file: string) => new Uint8Array(readFileSync(`${folder}/${file}`));
const good = images.filter((entry) => entry.expect === "ok");

/** What each bad file must be told. */
const refusals: Readonly<Record<string, string>> = {
  "truncated.jpg": "The JPEG file is cut short: a part of the picture is missing.",
  "truncated.png": "The PNG file is cut short: a part of the picture is missing.",
  "empty.jpg": "The file is empty.",
  "text.jpg": "This file holds text, not a picture; JPEG, PNG, WebP, AVIF and GIF pictures are read.",
  "page.png": "This is a web page, not a picture. Save the picture itself, then open that file.",
  "drawing.svg": "This is an SVG drawing, which has no pixels of its own. Export it as PNG.",
  "noise.bin": "This is not a picture of a kind we know; JPEG, PNG, WebP, AVIF and GIF pictures are read.",
  "header-only.png": "The file begins like a PNG picture, but its header is damaged or cut short.",
  "bomb.png": "The picture is 60000 x 60000 pixels; at most 100 megapixels are read.",
  "bomb.gif": "The picture is 60000 x 60000 pixels; at most 100 megapixels are read.",
};

describe("sniffPicture", () => {
  it.each(good)("knows the size of $file", ({ file, width, height, orientation = 1, frames = 1 }) => {
    const info = sniffPicture(bytesOf(file));
    const stored = orientation < 5 ? { width, height } : { width: height, height: width };
    expect(info).toEqual({ ...stored, format: formatOf(bytesOf(file)), animated: frames > 1 });
  });

  it.each(images.filter((entry) => entry.expect === "refuse"))("refuses $file", ({ file }) => {
    expect(() => sniffPicture(bytesOf(file))).toThrow(
      new StreamscopeError("bad-image", refusals[file] ?? "?"),
    );
  });

  it("takes files for what they hold, not for their names", () => {
    expect(sniffPicture(bytesOf("wrong-name.jpg")).format).toBe("png");
  });

  it.each([
    ["%PDF-1.7", "This is a PDF document"],
    ["BM6\0\0\0", "This is a BMP picture"],
    ["II*\0\x08", "This is a TIFF picture"],
    ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC picture, which most browsers cannot read."],
    ["\0\0\0\x18ftypisom\0\0\0\0mp41isom", "This is a film or sound file"],
    ["\xef\xbb\xbf<?xml version='1.0'?>\n<svg>", "This is an SVG drawing"],
    ["<HTML><p>", "This is a web page"],
    ["\xff\xfeh\0i\0", "This file holds text"],
    ["\xff\xd8\xff\xe0", "The file begins like a JPEG picture, but its header is damaged or cut short."],
  ])("names what else it is given: %j", (start, sentence) => {
    const bytes = Uint8Array.from(start, (character) => character.charCodeAt(0));
    expect(() => sniffPicture(bytes)).toThrow(sentence);
  });

  it("refuses files too long to be read", () => {
    expect(() => checkFileSize(64 * 2 ** 20)).not.toThrow();
    expect(() => checkFileSize(64 * 2 ** 20 + 1)).toThrow("The file has 65 MB; at most 64 MB are read.");
  });

  it("notices a missing end, wherever the cut", () => {
    // GIFs are complete with the first frame: a cut in the rest is none of ours.
    const cuttable = good.filter(({ file }) => !file.endsWith(".gif"));
    fc.assert(
      fc.property(
        fc.constantFrom(...cuttable),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ file }, at) => {
          const bytes = bytesOf(file);
          const cut = bytes.subarray(0, Math.floor(at * bytes.length));
          if (cut.length < bytes.length) expect(() => sniffPicture(cut)).toThrow(StreamscopeError);
        },
      ),
      { numRuns: 300 },
    );
    const gif = bytesOf("static.gif");
    for (let length = 0; length < gif.length - 1; length++)
      expect(() => sniffPicture(gif.subarray(0, length))).toThrow(StreamscopeError);
  });

  it("answers or refuses, whatever the bytes", () => {
    const damages = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...readdirSync(folder)), damages, (file, changes) => {
        const bytes = bytesOf(file);
        // early bytes are the headers
        for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 64)] = value;
        try {
          const { width, height } = sniffPicture(bytes);
          expect(width * height).toBeLessThanOrEqual(100e6);
        } catch (error) {
          if (!(error instanceof StreamscopeError)) throw error;
          expect(error.code).toBe("bad-image");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
