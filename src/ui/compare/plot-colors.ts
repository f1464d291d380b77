/** Colours of the theme, as a canvas takes them. */
export interface PlotColors {
  readonly ink: string;
  readonly grid: string;
  readonly font: string;
  /** One for each key. */
  readonly parts: readonly string[];
}

/**
 * Reads the theme's colours where `place` stands: a canvas knows no custom properties.
 * @param keys of latency parts; `latency-split.css` gives each its colour
 * @param scheme in place of the theme's own scheme: "light" for paper
 */
export function plotColors(place: Element, keys: readonly string[], scheme?: "light"): PlotColors {
  const probe = place.ownerDocument.createElement("span");
  if (scheme) probe.style.colorScheme = scheme;
  place.append(probe);
  const color = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    ink: color("ink-soft"),
    grid: color("line"),
    font: `12px ${getComputedStyle(probe).fontFamily}`,
    parts: keys.map((key) => {
      probe.dataset.part = key;
      return color("part");
    }),
  };
  probe.remove();
  return colors;
}
