import { captionUnder } from "./caption-under";
import { copyBox } from "./copy-box";
import { copySvg } from "./copy-svg";
import { copyText } from "./copy-text";
import { canvasUrl, type DrawCanvas, imageUrl } from "./picture-pixels";
import { plainColor } from "./plain-color";
import { svgElement } from "./svg-element";

/** A picture as a file of its own, in pixels of the screen. */
export interface StandaloneSvg {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureWords {
  /** What the picture is. */
  readonly title: string;
  /** What a person takes from it. */
  readonly description?: string | undefined;
  /** A line below the picture, in the file only. */
  readonly caption?: string | undefined;
  /** Draws the canvases in it anew; without it their pixels are copied. */
  readonly draw?: DrawCanvas | undefined;
}

/** Around the picture, in pixels: for what reaches beyond its box, and to the eye. */
export const margin = 16;

/** Controls are for the page, unless they are what is shown; hidden text is for screen readers. */
const notInPicture = "button:not([data-in-picture]), input, select, textarea, [data-not-in-picture]";

/**
 * What an element of the page looks like now, as an SVG that needs nothing else: colours resolved,
 * fonts named, pictures in it as data. The element may be an `<svg>`, or a figure of HTML with text,
 * boxes, `<svg>` and canvases in it.
 */
export function standaloneSvg(
  picture: Element,
  { title, description, caption, draw }: PictureWords,
): StandaloneSvg {
  const origin = picture.getBoundingClientRect();
  const under = captionUnder(picture, origin, caption ?? "");
  const width = Math.ceil(origin.width) + 2 * margin;
  const height = Math.ceil(origin.height) + under.height + 2 * margin;
  const viewBox = `${-margin} ${-margin} ${width} ${height}`;
  const root = svgElement("svg", { width, height, viewBox });
  root.append(named("title", title));
  if (description) root.append(named("desc", description));
  root.append(svgElement("rect", { x: -margin, y: -margin, width, height, fill: groundOf(picture) }));
  root.append(...copy(picture, origin, draw), ...under.lines);
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

function named(name: "title" | "desc", text: string): SVGElement {
  const element = svgElement(name);
  element.textContent = text;
  return element;
}

/** The colour on which the picture lies. */
function groundOf(picture: Element): string {
  for (let element: Element | null = picture; element; element = element.parentElement) {
    const { color, alpha } = plainColor(getComputedStyle(element).backgroundColor);
    if (alpha === 1) return color;
  }
  return "#ffffff";
}

function copy(element: Element, origin: DOMRect, draw: DrawCanvas | undefined): SVGElement[] {
  const style = getComputedStyle(element);
  if (element.matches(notInPicture) || style.display === "none" || isVisuallyHidden(style)) return [];
  const shown = style.visibility === "visible" ? look(element, style, origin, draw) : [];
  if (element instanceof SVGElement) return shown;
  const inside = [...element.childNodes].flatMap((child) => {
    if (child instanceof Text) return style.visibility === "visible" ? copyText(child, origin) : [];
    return child instanceof Element ? copy(child, origin, draw) : [];
  });
  const seen = isScrolled(element, style) ? [cutOut(element, inside, origin)] : inside;
  if (style.opacity === "1") return [...shown, ...seen];
  const group = svgElement("g", { opacity: style.opacity });
  group.append(...shown, ...seen);
  return [group];
}

/** Has it more in it than there is room for? */
function isScrolled(element: Element, { overflowX, overflowY }: CSSStyleDeclaration): boolean {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  return (
    (overflowX !== "visible" && scrollWidth > clientWidth) ||
    (overflowY !== "visible" && scrollHeight > clientHeight)
  );
}

/** The part of what is in a scrolled element that is in sight: an inner `<svg>` cuts at its edges. */
function cutOut(element: Element, inside: readonly SVGElement[], origin: DOMRect): SVGElement {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left - origin.left, top - origin.top];
  const part = svgElement("svg", { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}` });
  part.append(...inside);
  return part;
}

/** The element itself, without what HTML is in it. */
function look(
  element: Element,
  style: CSSStyleDeclaration,
  origin: DOMRect,
  draw: DrawCanvas | undefined,
): SVGElement[] {
  const box = copyBox(element, style, origin);
  if (element instanceof SVGSVGElement) return [...box, placed(copySvg(element), element, origin)];
  if (element instanceof HTMLCanvasElement) {
    return [...box, placed(svgElement("image", { href: canvasUrl(element, draw) }), element, origin, style)];
  }
  if (element instanceof HTMLImageElement) {
    return [...box, placed(svgElement("image", { href: imageUrl(element) }), element, origin, style)];
  }
  return box;
}

/** Puts a part where it is on screen. */
function placed(
  part: SVGElement,
  original: Element,
  origin: DOMRect,
  style?: CSSStyleDeclaration,
): SVGElement {
  const box = original.getBoundingClientRect();
  part.setAttribute("x", String(box.left - origin.left));
  part.setAttribute("y", String(box.top - origin.top));
  part.setAttribute("width", String(box.width));
  part.setAttribute("height", String(box.height));
  if (style) {
    part.setAttribute("preserveAspectRatio", style.objectFit === "cover" ? "xMidYMid slice" : "none");
    if (style.imageRendering === "pixelated") part.setAttribute("image-rendering", "pixelated");
  } else if (getComputedStyle(original).overflow === "visible") {
    part.setAttribute("overflow", "visible");
  }
  return part;
}

/** As the class visually-hidden does it. */
function isVisuallyHidden({ clipPath, overflow }: CSSStyleDeclaration): boolean {
  return clipPath === "inset(50%)" && overflow === "hidden";
}
