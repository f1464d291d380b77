/** The formats we read: those that every current browser decodes. */
export type PictureFormat = "jpeg" | "png" | "webp" | "avif" | "gif";

/** For the `accept` of a file input. (iOS then turns HEIC photos into JPEG by itself.) */
export const acceptedTypes = "image/jpeg,image/png,image/webp,image/avif,image/gif";

/** Names for people. */
export const formatNames: Readonly<Record<PictureFormat, string>> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  avif: "AVIF",
  gif: "GIF",
};

/** The format that the first bytes of a file announce; its name and media type say nothing certain. */
export function formatOf(bytes: Uint8Array): PictureFormat | null {
  const start = ascii(bytes, 0, 12);
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "gif";
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "webp";
  if (mediaBrands(bytes).some((brand) => ["avif", "avis", "avio"].includes(brand))) return "avif";
  return null;
}

/** The brands in the `ftyp` box that AVIF, HEIC and MP4 files begin with (the first 60); none for other files. */
export function mediaBrands(bytes: Uint8Array): string[] {
  if (ascii(bytes, 4, 4) !== "ftyp") return [];
  const length = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256);
  const brands = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(ascii(bytes, at, 4));
  return brands;
}

/** Bytes as characters 0..255; shorter at the end of the file. */
export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
