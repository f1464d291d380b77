import { plainColor } from "./plain-color";

/** Attributes and their values, as they stand in a file. */
export type Attributes = Readonly<Record<string, string>>;

/** What children take over, with what it is to begin with. */
export const initialInherited: Attributes = {
  fill: "#000000",
  "fill-opacity": "1",
  "fill-rule": "nonzero",
  stroke: "none",
  "stroke-opacity": "1",
  "stroke-width": "1",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "paint-order": "normal",
  "font-family": "",
  "font-size": "",
  "font-weight": "400",
  "font-style": "normal",
  "letter-spacing": "normal",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  visibility: "visible",
};

/** What is an element's alone. */
export const initialOwn: Attributes = {
  opacity: "1",
  "vector-effect": "none",
  "stop-color": "#000000",
  "stop-opacity": "1",
  "clip-path": "none",
};

const opacityOf: Attributes = {
  fill: "fill-opacity",
  stroke: "stroke-opacity",
  "stop-color": "stop-opacity",
};

/** The computed values of these properties as attributes: plain colours, their alpha in the opacity, no units. */
export function presentation(style: CSSStyleDeclaration, names: readonly string[]): Attributes {
  const attributes: Record<string, string> = {};
  for (const name of names) attributes[name] = withoutPx(style.getPropertyValue(name));
  for (const [name, opacity] of Object.entries(opacityOf)) {
    const paint = attributes[name];
    if (paint === undefined || paint === "" || paint === "none" || paint.startsWith("url(")) continue;
    const { color, alpha } = plainColor(paint);
    attributes[name] = color;
    attributes[opacity] = String(alpha * Number(attributes[opacity]));
  }
  return attributes;
}

/** "12px" as "12": SVG's own unit is the pixel, and not all programs know another one. */
export function withoutPx(value: string): string {
  return value.replaceAll(/(-?[\d.]+)px/g, "$1");
}
