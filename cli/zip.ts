import { crc32, inflateRawSync } from "node:zlib";
import { StreamscopeError } from "../src/graph/errors";

/** A file in a zip archive, as the archive's directory names it. */
export interface ZipEntry {
  /** With its folders: `models/net.onnx`. */
  readonly name: string;
  /** Bytes once unpacked. */
  readonly size: number;
  readonly packedSize: number;
  readonly crc32: number;
  /** 0: stored as it is, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Where its own header lies in the archive. */
  readonly offset: number;
}

const STORED = 0;
const DEFLATED = 8;

// Lengths of a zip's headers without the names and comments behind them, and how they begin.
const END = { signature: 0x06054b50, bytes: 22 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
/** Sizes and offsets of this value are found in zip64's own fields, for archives above 4 GB. */
const IN_ZIP64 = 0xffffffff;

/** Does it begin as a zip archive does? */
export function isZip(bytes: Uint8Array): boolean {
  const begin = bytes.length < 4 ? 0 : view(bytes).getUint32(0, true);
  return begin === LOCAL.signature || begin === END.signature;
}

/**
 * The files of a zip archive, in the order of its directory, without the folders. Throws `bad-input`
 * if it is damaged: the directory lies at the end, so an archive that is cut off has none.
 */
export function zipEntries(zip: Uint8Array): ZipEntry[] {
  const data = view(zip);
  const end = findEnd(data);
  const count = data.getUint16(end + 10, true);
  let at = data.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL.bytes > end || data.getUint32(at, true) !== CENTRAL.signature) throw damaged();
    const flags = data.getUint16(at + 8, true);
    const nameBytes = data.getUint16(at + 28, true);
    const extraBytes = data.getUint16(at + 30, true);
    const commentBytes = data.getUint16(at + 32, true);
    const name = new TextDecoder().decode(zip.subarray(at + CENTRAL.bytes, at + CENTRAL.bytes + nameBytes));
    if (!name.endsWith("/")) {
      entries.push({
        name,
        size: data.getUint32(at + 24, true),
        packedSize: data.getUint32(at + 20, true),
        crc32: data.getUint32(at + 16, true),
        method: data.getUint16(at + 10, true),
        encrypted: (flags & 1) !== 0,
        offset: data.getUint32(at + 42, true),
      });
    }
    at += CENTRAL.bytes + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/**
 * Unpacks one file, and checks its checksum. It never holds more than `maxBytes`, whatever sizes the
 * archive claims. Throws `bad-input`.
 */
export function unzipEntry(zip: Uint8Array, entry: ZipEntry, maxBytes: number): Uint8Array {
  const { name, size, packedSize, method, offset } = entry;
  const refuse = (why: string, cause?: unknown) =>
    new StreamscopeError("bad-input", `${name} in the zip file ${why}`, { name }, { cause });
  if (entry.encrypted) throw refuse("is encrypted. Unpack it yourself and give the .onnx file.");
  if (method !== STORED && method !== DEFLATED) {
    throw refuse(
      `is packed in a way that is not supported (${method}). Unpack it yourself and give the .onnx file.`,
    );
  }
  if ([size, packedSize, offset].includes(IN_ZIP64) || size > maxBytes) {
    throw refuse(`is larger than ${maxBytes / 1e6} MB unpacked, so it is no model for this.`);
  }
  const data = view(zip);
  if (offset + LOCAL.bytes > zip.length || data.getUint32(offset, true) !== LOCAL.signature) throw damaged();
  const begin = offset + LOCAL.bytes + data.getUint16(offset + 26, true) + data.getUint16(offset + 28, true);
  if (begin + packedSize > zip.length) throw damaged();
  const packed = zip.subarray(begin, begin + packedSize);
  let bytes: Uint8Array;
  try {
    // One that unpacks to more than it claims is stopped there.
    bytes = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw refuse("is damaged. Download it again.", cause);
  }
  if (bytes.length !== size || crc32(bytes) !== entry.crc32) throw refuse("is damaged. Download it again.");
  return bytes;
}

/** The end record lies at the end, before a comment of up to 65,535 bytes. */
function findEnd(data: DataView): number {
  const last = data.byteLength - END.bytes;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (
      data.getUint32(at, true) === END.signature &&
      at + END.bytes + data.getUint16(at + 20, true) <= data.byteLength
    ) {
      return at;
    }
  }
  throw damaged();
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(): StreamscopeError {
  return new StreamscopeError("bad-input", "The zip file is damaged or cut off. Download it again.");
}
