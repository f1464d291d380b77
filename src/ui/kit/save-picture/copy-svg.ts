import { type Attributes, initialInherited, initialOwn, presentation, withoutPx } from "./presentation";
import { svgElement } from "./svg-element";

/** Attributes that a style sheet may set too. */
const geometry: Readonly<Record<string, readonly string[]>> = {
  rect: ["x", "y", "width", "height", "rx", "ry"],
  circle: ["cx", "cy", "r"],
  ellipse: ["cx", "cy", "rx", "ry"],
};

/** Of no use outside of the page. */
const pageOnly = /^(class|style|role|tabindex|focusable|xmlns|data-|aria-)/;

/**
 * A copy of an SVG element and all in it that needs no style sheet: computed styles become
 * attributes. What is not displayed is left out, and so is HTML in it, which few programs draw.
 */
export function copySvg(original: SVGElement, context: Attributes = initialInherited): SVGElement {
  const style = getComputedStyle(original);
  const copy = svgElement(original.localName);
  for (const { name, value } of original.attributes) {
    if (!pageOnly.test(name)) copy.setAttribute(name, value);
  }
  const inherited = presentation(style, Object.keys(initialInherited));
  setWhatDiffers(copy, inherited, context);
  setWhatDiffers(copy, presentation(style, Object.keys(initialOwn)), initialOwn);
  for (const name of geometry[original.localName] ?? []) {
    const value = withoutPx(style.getPropertyValue(name));
    if (value !== "" && value !== "auto") copy.setAttribute(name, value);
  }
  if (original instanceof SVGGraphicsElement && style.transform !== "none") {
    copy.setAttribute("transform", transformOf(original, style));
  }
  for (const child of original.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement && isDrawn(child)) copy.append(copySvg(child, inherited));
  }
  return copy;
}

function setWhatDiffers(copy: SVGElement, attributes: Attributes, from: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    copy.removeAttribute(name);
    if (value !== "" && value !== from[name]) copy.setAttribute(name, value);
  }
}

/** Definitions and titles are not displayed, and belong to the picture. */
function isDrawn(element: SVGElement): boolean {
  if (element instanceof SVGForeignObjectElement) return false;
  return element.closest("defs, title, desc") !== null || getComputedStyle(element).display !== "none";
}

/** A style sheet's transform turns about its own origin; the attribute's turns about the corner. */
function transformOf(element: SVGGraphicsElement, style: CSSStyleDeclaration): string {
  const [x = 0, y = 0] = style.transformOrigin.split(" ").map(Number.parseFloat);
  const box = style.transformBox === "fill-box" ? element.getBBox() : { x: 0, y: 0 };
  const matrix = new DOMMatrix()
    .translate(box.x + x, box.y + y)
    .multiply(new DOMMatrix(style.transform))
    .translate(-box.x - x, -box.y - y);
  return `matrix(${[matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f].join(" ")})`;
}
