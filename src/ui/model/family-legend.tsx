import { FamilyGlyph } from "./family-glyph";
import { opFamilies } from "./model/op-families";
import "./family-legend.css";

/** What the colours and shapes of operators stand for. */
export function FamilyLegend() {
  return (
    <ul className="family-legend" aria-label="Operators">
      {opFamilies.map(({ family, name }) => (
        <li key={family}>
          <FamilyGlyph family={family} />
          {name}
        </li>
      ))}
    </ul>
  );
}
