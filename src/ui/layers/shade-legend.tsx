import { formatInteger } from "../kit/format";
import { cssColour, type Scale } from "./model/shades";
import "./shade-legend.css";

/** What the colours mean: the scale from its least to its greatest value. */
export function ShadeLegend({ scale }: { readonly scale: Scale }) {
  const { low, high } = scale;
  const stops = Array.from({ length: 9 }, (_, i) => cssColour(scale, low + ((high - low) * i) / 8));
  return (
    <p className="shade-legend">
      <span className="visually-hidden">Colours run from dark at </span>
      {formatInteger(low)}
      <span
        className="shade-legend__ramp"
        style={{ background: `linear-gradient(to right, ${stops.join(",")})` }}
      />
      <span className="visually-hidden"> to light at </span>
      {formatInteger(high)}
    </p>
  );
}
