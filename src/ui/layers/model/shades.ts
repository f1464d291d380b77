import type { DataType } from "../../../graph/datatype";
import type { FeatureMap } from "./feature-map";

/** The values at the ends of a colour scale. Signed ones are as far below zero as above. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** Lightness grows with the value, so that the order stays plain in grey and to the colour-blind. */
const rising: readonly Rgb[] = [
  [9, 12, 14],
  [18, 68, 82],
  [34, 138, 142],
  [132, 208, 184],
  [255, 253, 232],
];
/** Dark at zero; below it amber, above it teal. */
const aroundZero: readonly Rgb[] = [
  [255, 214, 140],
  [198, 128, 38],
  [30, 34, 37],
  [36, 150, 154],
  [176, 242, 236],
];

/** From the least to the greatest value of the type; of a type above 8 bits, of the values. */
export function scaleOf(datatype: DataType, map: Pick<FeatureMap, "data">): Scale {
  if (datatype.bits <= 8)
    return datatype.signed ? symmetric(datatype.min, datatype.max) : { low: 0, high: datatype.max };
  let [low, high] = [0, 0];
  for (const value of map.data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < 0 ? symmetric(low, high) : { low, high };
}

export function symmetric(low: number, high: number): Scale {
  const reach = Math.max(-low, high);
  return { low: -reach, high: reach };
}

/** The colour of a value; what lies beyond the scale has the colour of its end. */
export function shade({ low, high }: Scale, value: number): Rgb {
  const stops = low < 0 ? aroundZero : rising;
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
  const place = share * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[below]!, stops[below + 1]!];
  const mix = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * (place - below));
  return [mix(0), mix(1), mix(2)];
}

export const cssColour = (scale: Scale, value: number): string => `rgb(${shade(scale, value).join(" ")})`;

/** Is dark text easier to read on this colour than light text? By relative luminance. */
export function wantsDarkText(scale: Scale, value: number): boolean {
  const [red, green, blue] = shade(scale, value).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
