import { frameTints } from "./model/frame-tint";
import "./legend.css";

const tints = Array.from({ length: frameTints }, (_, i) => i + 1);

/** What fill, sign and pipe mean. */
export function Legend() {
  return (
    <ul className="map-legend" aria-label="Legend">
      <li>
        <span className="map-legend__machine" data-state="busy" aria-hidden="true">
          ▶
        </span>
        busy
      </li>
      <li>
        <span className="map-legend__machine" data-state="starved" aria-hidden="true">
          ○
        </span>
        starved: no beat comes
      </li>
      <li>
        <span className="map-legend__machine" data-state="blocked" aria-hidden="true">
          ‖
        </span>
        blocked: no room behind
      </li>
      <li>
        <span className="map-legend__pipe" aria-hidden="true" />
        FIFO and how full it is
      </li>
      <li>
        <span className="map-legend__frames" aria-hidden="true">
          {tints.map((tint) => (
            <span key={tint} style={{ background: `var(--frame-${tint})` }} />
          ))}
        </span>
        frames 1, 2, 3, 4, and so on in turn
      </li>
      <li>
        <span className="map-legend__meter" aria-hidden="true" />
        its time in this frame so far
      </li>
    </ul>
  );
}
