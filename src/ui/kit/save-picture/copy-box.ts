import { plainColor } from "./plain-color";
import { withoutPx } from "./presentation";
import { svgElement } from "./svg-element";

/** A side of a box: its border's style prefix, and the line's ends as shares of the box. */
const sides = [
  ["top", 0, 0, 1, 0],
  ["right", 1, 0, 1, 1],
  ["bottom", 0, 1, 1, 1],
  ["left", 0, 0, 0, 1],
] as const;

/**
 * The background and the borders of an element of the page. Gradients, shadows and pseudo-elements
 * are not part of a picture that can be saved.
 * @param origin the picture's corner on screen, in pixels
 */
export function copyBox(element: Element, style: CSSStyleDeclaration, origin: DOMRect): SVGElement[] {
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - origin.left, box.top - origin.top];
  const shapes: SVGElement[] = [];
  const { color, alpha } = plainColor(style.backgroundColor);
  if (alpha > 0 && box.width > 0 && box.height > 0) {
    shapes.push(
      svgElement("rect", {
        x,
        y,
        width: box.width,
        height: box.height,
        rx: Math.min(Number.parseFloat(style.borderTopLeftRadius), box.width / 2, box.height / 2) || null,
        fill: color,
        "fill-opacity": alpha === 1 ? null : alpha,
      }),
    );
  }
  for (const [side, x1, y1, x2, y2] of sides) {
    const width = Number(withoutPx(style.getPropertyValue(`border-${side}-width`)));
    const line = style.getPropertyValue(`border-${side}-style`);
    const paint = plainColor(style.getPropertyValue(`border-${side}-color`));
    if (width === 0 || line === "none" || line === "hidden" || paint.alpha === 0) continue;
    // In the middle of the border, which lies inside of the box.
    const inset = (share: number, across: boolean) => (across ? (share === 0 ? width / 2 : -width / 2) : 0);
    const isLevel = y1 === y2;
    shapes.push(
      svgElement("line", {
        x1: x + x1 * box.width + inset(x1, !isLevel),
        x2: x + x2 * box.width + inset(x2, !isLevel),
        y1: y + y1 * box.height + inset(y1, isLevel),
        y2: y + y2 * box.height + inset(y2, isLevel),
        stroke: paint.color,
        "stroke-opacity": paint.alpha === 1 ? null : paint.alpha,
        "stroke-width": width,
        "stroke-dasharray": line === "dashed" || line === "dotted" ? `${width * 3}` : null,
      }),
    );
  }
  return shapes;
}
