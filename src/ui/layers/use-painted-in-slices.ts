import { type RefObject, useEffect, useRef } from "react";
import { inSlices } from "../kit/in-slices";
import type { Pixels } from "./model/paint-map";

/**
 * As `usePainted`, for a large picture: it is painted a few steps at a time, and shown when it is
 * whole; until then the one before it stays. It sets the canvas's size itself.
 */
export function usePaintedInSlices(
  width: number,
  height: number,
  paint: (into: Pixels) => Generator<void, void>,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const image = new ImageData(width, height);
    return inSlices(paint(image), () => {
      [element.width, element.height] = [width, height];
      context.putImageData(image, 0, 0);
    });
  }, [width, height, paint]);
  return canvas;
}
