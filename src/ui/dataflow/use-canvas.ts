import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useAppState } from "../app-context";
import type { DrawCanvas } from "../kit/save-picture/picture-pixels";
import { type Palette, paletteOf } from "./palette";

/** A canvas ready to be drawn on: coordinates are CSS pixels, whatever the device's are. */
export interface CanvasPage {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** Draws the same picture for a file, in the colours of the page. */
export function drawForFile(draw: (page: CanvasPage) => void): DrawCanvas {
  return (context, width, height, canvas) => {
    draw({ context, width, height, palette: paletteOf(canvas.parentElement ?? document.body) });
  };
}

/**
 * Draws a canvas that fills its element: when its size, the device's pixels or the theme change, and
 * when the returned function is called; at most once a frame of the display. On paper it is light.
 */
export function useCanvas(
  ref: RefObject<HTMLCanvasElement | null>,
  draw: (page: CanvasPage) => void,
): () => void {
  const theme = useAppState((state) => state.theme);
  const newest = useRef(draw);
  const request = useRef(0);
  const palette = useRef<Palette | null>(null);
  const paint = useCallback(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const pixelRatio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    palette.current ??= paletteOf(canvas.parentElement ?? document.body);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    newest.current({ context, width, height, palette: palette.current });
  }, [ref]);
  const invalidate = useCallback(() => {
    if (request.current !== 0) return;
    request.current = requestAnimationFrame(() => {
      request.current = 0;
      paint();
    });
  }, [paint]);

  useEffect(() => {
    newest.current = draw;
    invalidate();
  }, [draw, invalidate]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme has its own colours
  useEffect(() => {
    palette.current = null;
    invalidate();
  }, [theme, invalidate]);

  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const resized = new ResizeObserver(invalidate);
    resized.observe(canvas);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const onScheme = () => {
      palette.current = null;
      invalidate();
    };
    scheme.addEventListener("change", onScheme);
    // At once: no frame of the display comes between this and the page on paper.
    const onPaper = () => {
      palette.current = paletteOf(canvas.parentElement ?? document.body, "light");
      paint();
    };
    window.addEventListener("beforeprint", onPaper);
    window.addEventListener("afterprint", onScheme);
    return () => {
      window.removeEventListener("beforeprint", onPaper);
      window.removeEventListener("afterprint", onScheme);
      resized.disconnect();
      scheme.removeEventListener("change", onScheme);
      cancelAnimationFrame(request.current);
      request.current = 0;
    };
  }, [ref, paint, invalidate]);

  return invalidate;
}
