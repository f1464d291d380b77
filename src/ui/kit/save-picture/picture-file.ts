import { type PictureWords, standaloneSvg } from "./standalone-svg";
import { svgToPng } from "./svg-to-png";

export type PictureType = "svg" | "png";

/** What an element looks like now, as the content of a file. */
export async function pictureFile(picture: Element, type: PictureType, words: PictureWords): Promise<Blob> {
  const svg = standaloneSvg(picture, words);
  return type === "svg" ? new Blob([svg.text], { type: "image/svg+xml" }) : svgToPng(svg);
}
