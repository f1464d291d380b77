import { ascii, mediaBrands } from "./magic";

const readFormats = "JPEG, PNG, WebP, AVIF and GIF pictures are read";

/** What a file that is none of our formats is, as far as its first bytes tell: a sentence with what to do. */
export function describeForeignFile(bytes: Uint8Array): string {
  const start = ascii(bytes, 0, 16);
  const named = signatures.find(([signature]) => start.startsWith(signature));
  if (named) return `This is ${named[1]}; ${readFormats}.`;
  const brands = mediaBrands(bytes);
  if (brands.some((brand) => heicBrands.has(brand)))
    return "This is a HEIC picture, which most browsers cannot read. Convert it to JPEG.";
  if (brands.length > 0) return `This is a film or sound file; ${readFormats}.`;
  const text = beginningAsText(bytes);
  if (text === null) return `This is not a picture of a kind we know; ${readFormats}.`;
  if (/<svg[\s>]/i.test(text))
    return "This is an SVG drawing, which has no pixels of its own. Export it as PNG.";
  if (/<(!doctype html|html|head|body|title)\b/i.test(text))
    return "This is a web page, not a picture. Save the picture itself, then open that file.";
  return `This file holds text, not a picture; ${readFormats}.`;
}

const signatures: readonly (readonly [signature: string, name: string])[] = [
  ["%PDF-", "a PDF document"],
  ["II*\0", "a TIFF picture"],
  ["MM\0*", "a TIFF picture"],
  ["BM", "a BMP picture"],
  ["8BPS", "a Photoshop file"],
  ["\xff\x0a", "a JPEG XL picture"],
  ["\0\0\0\x0cJXL ", "a JPEG XL picture"],
  ["\0\0\0\x0cjP  ", "a JPEG 2000 picture"],
  ["\0\0\x01\0", "an icon"],
  ["PK\x03\x04", "a ZIP archive or an office document"],
  ["\x1aE\xdf\xa3", "a film"],
];

const heicBrands = new Set("heic heix hevc hevx heim heis hevm hevs mif1 msf1".split(" "));

/** The first kilobytes as text; null if they hold what text does not. */
function beginningAsText(bytes: Uint8Array): string | null {
  const beginning = bytes.subarray(0, 4096);
  const utf16 = beginning[0] === 0xff && beginning[1] === 0xfe;
  try {
    // `stream` because the cut may go through a character.
    const decoder = new TextDecoder(utf16 ? "utf-16le" : "utf-8", { fatal: true });
    const text = decoder.decode(beginning, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary files from text
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
