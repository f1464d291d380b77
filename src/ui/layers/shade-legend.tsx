import { formatInteger } from "../kit/format";
import { cssColour, type Scale } from "./model/shades";
import "./shade-legend.css";

const steps = 33;

/** What the colours mean: the scale from its least to its greatest value. */
export function ShadeLegend({ scale }: { readonly scale: Scale }) {
  const { low, high } = scale;
  const shades = Array.from({ length: steps }, (_, i) => low + ((high - low) * i) / (steps - 1));
  return (
    <p className="shade-legend">
      <span className="visually-hidden">Colours run from dark at </span>
      {formatInteger(low)}
      <svg
        className="shade-legend__ramp"
        viewBox={`0 0 ${steps} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {shades.map((shade, i) => (
          <rect
            key={shade}
            x={i}
            width={1}
            height={1}
            fill={cssColour(scale, shade)}
            shapeRendering="crispEdges"
          />
        ))}
      </svg>
      <span className="visually-hidden"> to light at </span>
      {formatInteger(high)}
    </p>
  );
}
