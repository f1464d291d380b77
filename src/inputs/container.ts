import { ascii, mediaBrands, type PictureFormat } from "./magic";

/** What the structure of a picture file tells without decoding it. */
export interface ContainerSurvey {
  /** Is the whole (first) picture there? Some browsers show half a picture without a word. */
  readonly complete: boolean;
  /** Are there more frames than the first? */
  readonly animated: boolean;
}

/** Walks through the parts of a picture file, from header to header. */
export function surveyContainer(bytes: Uint8Array, format: PictureFormat): ContainerSurvey {
  return surveys[format](bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

type Survey = (bytes: Uint8Array, view: DataView) => ContainerSurvey;

/** Segments with lengths, compressed data without, up to the end marker. Pillow too wants that marker. */
const surveyJpeg: Survey = (bytes, view) => {
  let at = 2;
  for (;;) {
    // In compressed data FF is followed by 00 or a restart marker; FF FF is filling.
    at = bytes.indexOf(0xff, at);
    const marker = bytes[at + 1];
    if (at < 0 || marker === undefined) return { complete: false, animated: false };
    if (marker === 0xff) at += 1;
    else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker === 0xd9) return { complete: true, animated: false };
    else if (at + 4 > bytes.length) return { complete: false, animated: false };
    else at += 2 + view.getUint16(at + 2);
  }
};

/** Chunks up to IEND; acTL announces frames (APNG). */
const surveyPng: Survey = (bytes, view) => {
  let animated = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const kind = ascii(bytes, at + 4, 4);
    if (kind === "IEND") return { complete: true, animated };
    if (kind === "acTL") animated = view.getUint32(at + 8) > 1;
    at += 12 + length;
  }
  return { complete: false, animated };
};

/** Extensions and frames, each a chain of sub-blocks that a 0 ends. */
const surveyGif: Survey = (bytes) => {
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const skipSubBlocks = (start: number) => {
    let at = start;
    while (bytes[at]) at += bytes[at]! + 1;
    return at + 1;
  };
  let frames = 0;
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (frames < 2) {
    const block = bytes[at];
    if (block === 0x21) {
      at = skipSubBlocks(at + 2);
    } else if (block === 0x2c) {
      if (frames === 1) return { complete: true, animated: true };
      at = skipSubBlocks(at + 11 + tableBytes(bytes[at + 9] ?? 0));
      if (at <= bytes.length) frames++;
    } else break;
  }
  return { complete: frames > 0, animated: false };
};

/** RIFF: the header gives the length; the flags of VP8X tell an animation. */
const surveyWebp: Survey = (bytes, view) => ({
  complete: bytes.length >= 12 && bytes.length >= view.getUint32(4, true) + 8,
  animated: ascii(bytes, 12, 4) === "VP8X" && ((bytes[20] ?? 0) & 2) !== 0,
});

/** Boxes with lengths, up to the end of the file; the brand tells an image sequence. */
const surveyAvif: Survey = (bytes, view) => {
  const animated = mediaBrands(bytes).includes("avis");
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at);
    if (length === 0) return { complete: true, animated }; // up to the end
    if (length > 1) at += length;
    else if (at + 16 <= bytes.length) at += Number(view.getBigUint64(at + 8));
    else break;
  }
  return { complete: at === bytes.length, animated };
};

const surveys: Readonly<Record<PictureFormat, Survey>> = {
  jpeg: surveyJpeg,
  png: surveyPng,
  webp: surveyWebp,
  avif: surveyAvif,
  gif: surveyGif,
};
