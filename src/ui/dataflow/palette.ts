/** Colours of the theme, as a canvas takes them. */
export interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly danger: string;
  readonly focus: string;
  /** In the order of `tintOf`. */
  readonly frames: readonly string[];
  /** The typeface of the page. */
  readonly font: string;
}

/**
 * Reads the theme's colours where `element` stands: a canvas knows no custom properties.
 * @param scheme in place of the theme's own scheme: "light" for paper
 */
export function paletteOf(element: Element, scheme?: "light"): Palette {
  const probe = element.ownerDocument.createElement("span");
  if (scheme) probe.style.colorScheme = scheme;
  element.append(probe);
  const color = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: color("paper"),
    surface: color("surface"),
    sunken: color("sunken"),
    line: color("line"),
    lineStrong: color("line-strong"),
    ink: color("ink"),
    inkSoft: color("ink-soft"),
    danger: color("danger"),
    focus: color("focus"),
    frames: [1, 2, 3, 4].map((tint) => color(`frame-${tint}`)),
    font: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  return palette;
}

/** The channels of a colour as `getComputedStyle` writes it, 0..255 each. */
export function channelsOf(color: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
