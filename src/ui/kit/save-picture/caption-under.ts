import { plainColor } from "./plain-color";
import { svgElement } from "./svg-element";
import { wrapWords } from "./wrap-words";

const fontSize = 13;
const lineHeight = 18;

/** Words that a file has below its picture, and the room they take, in pixels. */
export interface Caption {
  readonly lines: readonly SVGElement[];
  readonly height: number;
}

/** Sets a caption below a picture of this size, in the page's font and colour. */
export function captionUnder(picture: Element, { width, height }: DOMRect, caption: string): Caption {
  const { fontFamily, color } = getComputedStyle(picture);
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (context) context.font = `${fontSize}px ${fontFamily}`;
  const widthOf = (text: string) => context?.measureText(text).width ?? text.length * fontSize * 0.6;
  const lines = wrapWords(caption, width, widthOf).map((words, i) => {
    const y = height + (i + 1) * lineHeight;
    const line = svgElement("text", {
      x: 0,
      y,
      "font-size": fontSize,
      "font-family": fontFamily,
      fill: plainColor(color).color,
    });
    line.textContent = words;
    return line;
  });
  return { lines, height: lines.length * lineHeight };
}
