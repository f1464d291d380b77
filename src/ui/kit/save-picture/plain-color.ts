/** A colour as every program that reads SVG knows it. */
export interface PlainColor {
  /** "#rrggbb". */
  readonly color: string;
  /** 0..1. */
  readonly alpha: number;
}

const known = new Map<string, PlainColor>();
let page: OffscreenCanvasRenderingContext2D | null = null;

/** A colour of `getComputedStyle` (also oklab() and the like), as the screen shows it. */
export function plainColor(css: string): PlainColor {
  const before = known.get(css);
  if (before) return before;
  page ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!page) return { color: "#000000", alpha: 1 };
  page.clearRect(0, 0, 1, 1);
  page.fillStyle = css;
  page.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = page.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((channel) => channel.toString(16).padStart(2, "0")).join("");
  const plain = { color: `#${hex}`, alpha: Math.round((alpha / 255) * 1000) / 1000 };
  known.set(css, plain);
  return plain;
}
