/** Draws a canvas's picture anew, in CSS pixels; the context may be scaled. */
export type DrawCanvas = (
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  canvas: HTMLCanvasElement,
) => void;

/** Pixels of the file for each CSS pixel, for what is drawn anew. */
export const sharpness = 2;

/** A data URL of what the canvas shows: drawn anew, sharp, if `draw` is there; else its own pixels. */
export function canvasUrl(canvas: HTMLCanvasElement, draw: DrawCanvas | undefined): string {
  if (!draw) return canvas.toDataURL();
  const { clientWidth: width, clientHeight: height } = canvas;
  const fresh = document.createElement("canvas");
  fresh.width = width * sharpness;
  fresh.height = height * sharpness;
  const context = fresh.getContext("2d");
  if (!context) return canvas.toDataURL();
  context.scale(sharpness, sharpness);
  draw(context, width, height, canvas);
  return fresh.toDataURL();
}

/** A data URL of a photo on the page, in its own pixels. */
export function imageUrl(image: HTMLImageElement): string {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  return canvas.toDataURL();
}
