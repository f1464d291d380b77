import { StreamscopeError, throwIfAborted } from "../graph/errors";
import { formatNames, type PictureFormat } from "./magic";
import { checkFileSize, type PictureInfo, sniffPicture } from "./sniff";

export interface DecodedFile {
  /** Upright, in sRGB numbers as the file has them. The caller closes it. */
  readonly bitmap: ImageBitmap;
  readonly format: PictureFormat;
  /** Sentences for the user about what was done to the picture. */
  readonly notes: readonly string[];
}

/**
 * Decodes a picture file with the browser's decoder, so that the pixels are those that
 * Pillow's `ImageOps.exif_transpose(image).convert("RGB")` gives:
 *
 * - turned upright as the EXIF orientation says;
 * - no colour conversion: Pillow leaves ICC profiles and gamma unread, and so was the network trained;
 * - alpha not multiplied in, so that nothing is lost before it is laid over white
 *   (here we part from Pillow, which shows what the transparency hides);
 * - of an animation the first frame.
 *
 * Works in a worker. Throws StreamscopeError: `bad-image` (what `sniffPicture` refuses, a file
 * that cannot be read or decoded), `aborted`.
 */
export async function decodeFile(
  file: Blob,
  options: { readonly signal?: AbortSignal } = {},
): Promise<DecodedFile> {
  throwIfAborted(options.signal);
  checkFileSize(file.size);
  const bytes = await readBytes(file);
  throwIfAborted(options.signal);
  const info = sniffPicture(bytes);
  const bitmap = await decode(bytes, info);
  if (options.signal?.aborted) bitmap.close();
  throwIfAborted(options.signal);
  return {
    bitmap,
    format: info.format,
    notes: info.animated ? ["Animated: the first frame is used."] : [],
  };
}

async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new StreamscopeError(
      "bad-image",
      "The file could not be read. It may have been moved or changed, or be a folder.",
      {},
      { cause },
    );
  }
}

async function decode(bytes: Uint8Array<ArrayBuffer>, info: PictureInfo): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes], { type: `image/${info.format}` }), {
      imageOrientation: "from-image",
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
    });
  } catch (cause) {
    throw new StreamscopeError(
      "bad-image",
      `The browser cannot decode this ${formatNames[info.format]} file (${info.width} x ${info.height} pixels). ` +
        "It is damaged, too large for this device, or of a kind that this browser does not know.",
      {},
      { cause },
    );
  }
}
