import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Pixels } from "./model/paint-map";

/** A canvas of this size, painted when `paint` changes: keep it with useCallback. */
export function usePainted(
  width: number,
  height: number,
  paint: (into: Pixels) => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    paint(image);
    context.putImageData(image, 0, 0);
  }, [width, height, paint]);
  return canvas;
}
