import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { isZip, unzipEntry, zipEntries } from "./zip";

const MB = 1e6;
const text = strToU8("a model, a model, a model, a model");

function unzip(zip: Uint8Array, name: string, maxBytes = MB): Uint8Array {
  return unzipEntry(zip, zipEntries(zip).find((entry) => entry.name === name)!, maxBytes);
}

/** The archive with bytes of the entry's record in its directory overwritten. */
function altered(zip: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = Uint8Array.from(zip);
  const data = new DataView(copy.buffer);
  data.setUint32(data.getUint32(copy.length - 6, true) + offset, value, true);
  return copy;
}

test("files come out as they were put in, stored or deflated, with a comment or none", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}\.onnx)?$/),
        fc.uint8Array({ maxLength: 300 }),
        {
          maxKeys: 4,
        },
      ),
      fc.constantFrom(0 as const, 6 as const),
      fc.string({ maxLength: 20, unit: "grapheme-ascii" }),
      (files, level, comment) => {
        const bare = zipSync(files, { level });
        const zip = new Uint8Array([...bare, ...strToU8(comment)]);
        new DataView(zip.buffer).setUint16(bare.length - 2, comment.length, true);
        expect(isZip(zip)).toBe(true);
        const found = zipEntries(zip);
        expect(found.map(({ name }) => name)).toEqual(Object.keys(files));
        for (const entry of found) {
          expect(new Uint8Array(unzipEntry(zip, entry, MB))).toEqual(new Uint8Array(files[entry.name]!));
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("folders are no files", () => {
  const zip = zipSync({ models: { "net.onnx": text } });
  const withFolder = zipSync({ "models/": new Uint8Array(), "models/net.onnx": text });
  expect(zipEntries(zip).map(({ name }) => name)).toEqual(["models/net.onnx"]);
  expect(zipEntries(withFolder).map(({ name }) => name)).toEqual(["models/net.onnx"]);
});

describe("an archive that lies or is broken is refused", () => {
  const zip = zipSync({ "net.onnx": text });

  test("cut off anywhere", () => {
    for (let length = 4; length < zip.length; length++) {
      const cut = zip.subarray(0, length);
      expect(() => unzip(cut, "net.onnx")).toThrow("damaged or cut off");
    }
  });

  test("with any one byte of the packed data changed", () => {
    const begin = 30 + "net.onnx".length;
    const { packedSize } = zipEntries(zip)[0]!;
    for (let at = begin; at < begin + packedSize; at++) {
      const copy = Uint8Array.from(zip);
      copy[at]! ^= 0x55;
      expect(() => unzip(copy, "net.onnx")).toThrow("net.onnx in the zip file is damaged");
    }
  });

  test("larger than allowed", () => {
    const bomb = zipSync({ "net.onnx": new Uint8Array(3 * MB) });
    expect(() => unzip(bomb, "net.onnx", MB)).toThrow("larger than 1 MB unpacked");
  });

  test("claims to be small, but is not: it is not unpacked further than it claims", () => {
    const bomb = zipSync({ "net.onnx": new Uint8Array(3 * MB) });
    expect(() => unzip(altered(bomb, 24, 1000), "net.onnx", MB)).toThrow("is damaged");
  });

  test.each([
    { what: "a directory that lies elsewhere", bytes: altered(zip, 0, 0), says: "damaged or cut off" },
    { what: "a file beyond the end", bytes: altered(zip, 42, 10_000), says: "damaged or cut off" },
    { what: "a size above 4 GB", bytes: altered(zip, 24, 0xffffffff), says: "larger than 1 MB" },
    { what: "another checksum", bytes: altered(zip, 16, 1), says: "is damaged" },
    { what: "encryption", bytes: altered(zip, 8, 1 | (8 << 16)), says: "is encrypted" },
    { what: "LZMA", bytes: altered(zip, 8, 14 << 16), says: "not supported (14)" },
  ])("$what", ({ bytes, says }) => {
    expect(() => unzip(bytes, "net.onnx")).toThrow(says);
  });
});
