import { plainColor } from "./plain-color";
import { presentation } from "./presentation";
import { svgElement } from "./svg-element";

/** A line of text as the page has set it. */
interface Line {
  text: string;
  left: number;
  right: number;
  readonly top: number;
}

let measure: OffscreenCanvasRenderingContext2D | null = null;

/**
 * The lines of a text of the page, each as wide as on screen whatever font the reader has.
 * @param origin the picture's corner on screen, in pixels
 */
export function copyText(text: Text, origin: DOMRect): SVGElement[] {
  const parent = text.parentElement;
  if (!parent) return [];
  const style = getComputedStyle(parent);
  const font = presentation(style, ["font-family", "font-size", "font-weight", "font-style"]);
  const { color, alpha } = plainColor(style.color);
  const ascent = ascentOf(style);
  return linesOf(text).map(({ text: words, left, right, top }) => {
    const line = svgElement("text", {
      ...font,
      fill: color,
      "fill-opacity": alpha === 1 ? null : alpha,
      x: left - origin.left,
      y: top - origin.top + ascent,
      textLength: right - left,
      lengthAdjust: "spacingAndGlyphs",
    });
    line.textContent = words;
    return line;
  });
}

/** From the top of a line's box down to where its letters stand, in pixels. */
function ascentOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  measure ??= new OffscreenCanvas(1, 1).getContext("2d");
  if (!measure) return Number.parseFloat(fontSize) * 0.9;
  measure.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  return measure.measureText("x").fontBoundingBoxAscent;
}

/** Cuts a text where the page breaks it. Spaces at the ends of a line are left out, as SVG leaves them out. */
function linesOf(text: Text): Line[] {
  const lines: Line[] = [];
  let space = "";
  const range = document.createRange();
  for (let i = 0; i < text.data.length; i++) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const letter = text.data[i] ?? "";
    const line = lines.at(-1);
    if (/\s/.test(letter)) {
      space = " ";
    } else if (line && Math.abs(line.top - box.top) < 1) {
      line.text += space + letter;
      line.right = box.right;
      space = "";
    } else {
      lines.push({ text: letter, left: box.left, right: box.right, top: box.top });
      space = "";
    }
  }
  return lines;
}
