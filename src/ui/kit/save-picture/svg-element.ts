const namespace = "http://www.w3.org/2000/svg";

/** A new SVG element. Numbers are written with two digits after the point; null leaves an attribute out. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number | null>> = {},
): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null) continue;
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  return element;
}
