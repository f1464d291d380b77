/** A square of RGB bytes, row by row, as a canvas takes it. */
export function rgbImage(pixels: Uint8Array): ImageData {
  const side = Math.sqrt(pixels.length / 3);
  const image = new ImageData(side, side);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    image.data[to] = pixels[from]!;
    image.data[to + 1] = pixels[from + 1]!;
    image.data[to + 2] = pixels[from + 2]!;
    image.data[to + 3] = 255;
  }
  return image;
}
