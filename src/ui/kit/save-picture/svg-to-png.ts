import { StreamscopeError } from "../../../graph/errors";
import { sharpness } from "./picture-pixels";
import type { StandaloneSvg } from "./standalone-svg";

/** Browsers refuse a canvas with longer sides. */
const longestSide = 16_384;

/** Draws a picture into a PNG, with `sharpness` pixels for each of the screen's, or as many as go in. */
export async function svgToPng({ text, width, height }: StandaloneSvg): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(sharpness, longestSide / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!png) throw new Error("the canvas gave no PNG");
    return png;
  } catch (cause) {
    throw new StreamscopeError(
      "engine-failed",
      "The picture could not be drawn as PNG. Save it as SVG.",
      {},
      { cause },
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
