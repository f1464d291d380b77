import { toneNames } from "./node-kinds";
import "./pipeline-legend.css";

export function PipelineLegend() {
  return (
    <ul className="pipeline-legend" aria-label="Colours of the nodes">
      {toneNames.map(([tone, name]) => (
        <li key={tone} className={`tone-${tone}`}>
          <span className="pipeline-legend__tone" />
          {name}
        </li>
      ))}
    </ul>
  );
}
