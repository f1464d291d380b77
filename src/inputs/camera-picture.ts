import { sizeOf } from "./preprocess";
import { readBands } from "./read-bands";

/** A frame of a camera with pixels of its own. Whoever has it closes it. */
export type CameraPicture = VideoFrame | ImageBitmap;

/**
 * What a video shows now. The pixels are copied: a camera has few buffers, often three, and one
 * that a page keeps is missing there. A browser that makes no VideoFrame of a video, or does not
 * give its bytes, makes an ImageBitmap.
 *
 * Rejects with a DOMException if the video has no picture yet.
 */
export async function capturePicture(video: HTMLVideoElement): Promise<CameraPicture> {
  const frame = frameOf(video);
  if (!frame) return createImageBitmap(video);
  try {
    return (await withOwnBytes(frame)) ?? (await createImageBitmap(frame));
  } finally {
    frame.close();
  }
}

/** The same pixels once more, to be closed apart. */
export async function duplicatePicture(picture: CameraPicture): Promise<CameraPicture> {
  return "clone" in picture ? picture.clone() : createImageBitmap(picture);
}

/** A lossless file of the pixels that the network's input is made of: it is prepared to the same bytes. */
export async function pngOfPicture(picture: CameraPicture): Promise<Blob> {
  const { width, height } = sizeOf(picture);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let y = 0;
  for (const band of readBands(picture, { left: 0, top: 0, width, height })) {
    const rows = band.length / (4 * width);
    context?.putImageData(new ImageData(new Uint8ClampedArray(band), width, rows), 0, y);
    y += rows;
  }
  return canvas.convertToBlob({ type: "image/png" });
}

function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (typeof VideoFrame === "undefined") return null;
  try {
    return new VideoFrame(video);
  } catch {
    // Some browsers know VideoFrame, but not of a video.
    return null;
  }
}

/** A copy outside the camera's buffers; null for a frame whose bytes, or whose turning, a copy would not have. */
async function withOwnBytes(frame: VideoFrame): Promise<VideoFrame | null> {
  const { format, visibleRect, displayWidth, displayHeight, timestamp } = frame;
  const turned = "rotation" in frame && frame.rotation !== 0;
  if (!format || !visibleRect || turned) return null;
  const bytes = new ArrayBuffer(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  return new VideoFrame(bytes, {
    format,
    codedWidth: visibleRect.width,
    codedHeight: visibleRect.height,
    displayWidth,
    displayHeight,
    timestamp,
    layout,
    colorSpace: frame.colorSpace.toJSON(),
  });
}
