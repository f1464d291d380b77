import type { Classification } from "../../workers/emulator-api";

/** Which part of the picture the network saw, in words. */
export function describeCrop({ source, input }: Pick<Classification, "source" | "input">): string {
  const { width, height, crop } = source;
  const side = Math.sqrt(input.length / 3);
  const [cropWidth, cropHeight] = [Math.round(crop.width), Math.round(crop.height)];
  const whole = cropWidth === width && cropHeight === height;
  const part = whole ? "all" : `the middle ${size(cropWidth, cropHeight)}`;
  return `The network saw ${part} of ${size(width, height)} pixels, as ${size(side, side)}.`;
}

/** Not to be broken over two lines. */
const size = (width: number, height: number) => `${width}\u00a0×\u00a0${height}`;
