import { type RefObject, useEffect } from "react";
import type { Point } from "../model/layout";

export interface MapGestures {
  /** Pixels of the screen. */
  onPan(dx: number, dy: number): void;
  onZoom(factor: number, at: Point): void;
  onTap(at: Point): void;
  /** The map was touched: it should have the focus. */
  onTouch(): void;
}

/** A finger or pointer that moves less than this is a tap. */
const slack = 5;

/**
 * Drag to move, pinch to zoom, tap to choose. The wheel zooms once the map has the focus, or with
 * Ctrl; otherwise it scrolls the page as ever.
 */
export function useMapGestures(ref: RefObject<HTMLElement | null>, gestures: MapGestures): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const down = new Map<number, Point>();
    let moved = 0;
    const place = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return [clientX - left, clientY - top];
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      // Else the browser takes the focus away after this.
      event.preventDefault();
      gestures.onTouch();
      if (down.size === 0) moved = 0;
      down.set(event.pointerId, place(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = down.get(event.pointerId);
      if (!before) return;
      // It was let go outside of the map.
      if (event.buttons === 0) return onCancel(event);
      const now = place(event);
      const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
      moved += Math.hypot(dx, dy);
      if (moved < slack) return;
      element.setPointerCapture(event.pointerId);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const length = (point: Point) => Math.max(1, Math.hypot(point[0] - other[0], point[1] - other[1]));
        gestures.onZoom(length(now) / length(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      }
      gestures.onPan(other ? dx / 2 : dx, other ? dy / 2 : dy);
      down.set(event.pointerId, now);
    };
    const onUp = (event: PointerEvent) => {
      if (down.delete(event.pointerId) && moved < slack) gestures.onTap(place(event));
    };
    const onCancel = (event: PointerEvent) => void down.delete(event.pointerId);
    const onWheel = (event: WheelEvent) => {
      const isMeant =
        event.ctrlKey || event.metaKey || element.parentElement?.contains(document.activeElement);
      if (!isMeant) return;
      event.preventDefault();
      gestures.onZoom(1.0015 ** -event.deltaY, place(event));
    };
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onCancel);
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onCancel);
      element.removeEventListener("wheel", onWheel);
    };
  }, [ref, gestures]);
}
