import { gunzipSync, gzipSync } from "fflate";
import { readNamedFile } from "../../cli/read-file";
import { StreamscopeError } from "../../src/graph/errors";

/** Reads an ONNX file, gzipped or not. Throws `bad-input` if it begins as gzip does and is none. */
export async function readSource(file: string): Promise<Uint8Array> {
  const bytes = await readNamedFile(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new StreamscopeError(
      "bad-input",
      `${file} is damaged or cut off: it does not unzip.`,
      {},
      { cause },
    );
  }
}

/**
 * Gzips a file so that its bytes depend on nothing but the file's: without name and time, and not by
 * Node's zlib, whose output differs between versions.
 */
export function packSource(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 9, mtime: 0 });
}
