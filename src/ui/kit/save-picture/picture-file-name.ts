import type { PictureType } from "./picture-file";

/** "streamscope-cycles-per-node-u250.svg". Words of any kind become a plain name. */
export function pictureFileName(words: readonly (string | null | undefined)[], type: PictureType): string {
  const plain = ["streamscope", ...words]
    .filter((word) => word !== null && word !== undefined)
    .map((word) =>
      word
        .toLowerCase()
        .replaceAll(/[^a-z0-9_]+/g, "-")
        .replaceAll(/^-+|-+$/g, ""),
    )
    .filter((word) => word !== "");
  return `${plain.join("-")}.${type}`;
}
