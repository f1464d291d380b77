import type { Box, Point } from "./layout";

/** What part of the map is seen: map point (x, y) is drawn at ((x - left) * zoom, (y - top) * zoom). */
export interface Viewport {
  readonly left: number;
  readonly top: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const closest = 4;

/** All of the map, in the middle. */
export function wholeOf(map: Size, screen: Size): Viewport {
  const zoom = fitZoom(map, screen);
  return center(map, screen, { left: 0, top: 0, zoom });
}

/** To begin with: all of it, or, where it would be too small to read, the beginning in a readable size. */
export function opening(map: Size, screen: Size): Viewport {
  const whole = wholeOf(map, screen);
  const readable = Math.min(0.8, screen.height / map.height);
  return whole.zoom >= readable ? whole : clamp({ left: 0, top: 0, zoom: readable }, map, screen);
}

/** Nearer (`factor` above 1) or farther, while the map point under `at` on screen stays there. */
export function zoomAt(view: Viewport, factor: number, at: Point, map: Size, screen: Size): Viewport {
  const zoom = Math.min(closest, Math.max(fitZoom(map, screen), view.zoom * factor));
  const [x, y] = toMap(view, at);
  return clamp({ left: x - at[0] / zoom, top: y - at[1] / zoom, zoom }, map, screen);
}

/** Moved by so many pixels of the screen. */
export function panBy(view: Viewport, dx: number, dy: number, map: Size, screen: Size): Viewport {
  const { left, top, zoom } = view;
  return clamp({ left: left - dx / zoom, top: top - dy / zoom, zoom }, map, screen);
}

/** Moved as little as it takes to see the box with some room around it. */
export function reveal(view: Viewport, box: Box, map: Size, screen: Size): Viewport {
  const room = 24;
  const along = (start: number, from: number, length: number, seen: number) => {
    const last = from + length + room - seen;
    return Math.min(from - room, Math.max(start, last));
  };
  const left = along(view.left, box.x, box.width, screen.width / view.zoom);
  const top = along(view.top, box.y, box.height, screen.height / view.zoom);
  return clamp({ left, top, zoom: view.zoom }, map, screen);
}

export function toMap({ left, top, zoom }: Viewport, [x, y]: Point): Point {
  return [left + x / zoom, top + y / zoom];
}

/** No empty space beside the map but where it is smaller than the screen; there it is in the middle. */
export function clamp(view: Viewport, map: Size, screen: Size): Viewport {
  const zoom = Math.min(closest, Math.max(fitZoom(map, screen), view.zoom));
  return center(map, screen, { ...view, zoom });
}

function center(map: Size, screen: Size, { left, top, zoom }: Viewport): Viewport {
  const within = (start: number, length: number, seen: number) =>
    seen >= length ? (length - seen) / 2 : Math.min(length - seen, Math.max(0, start));
  return {
    left: within(left, map.width, screen.width / zoom),
    top: within(top, map.height, screen.height / zoom),
    zoom,
  };
}

const fitZoom = (map: Size, screen: Size): number =>
  Math.min(1.25, screen.width / map.width, screen.height / map.height);
