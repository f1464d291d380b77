import { rgbImage } from "../kit/rgb-image";

/** The network's input as a PNG file, which keeps every byte: a square of RGB. */
export async function inputPng(input: Uint8Array): Promise<Blob> {
  const image = rgbImage(input);
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas to write the picture with.");
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
