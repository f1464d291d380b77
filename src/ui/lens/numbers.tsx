import type { Lens } from "./model/lens";
import type { Place } from "./model/place";
import { Num } from "./num";

/** More than so many numbers of a beat are not read one by one. */
const most = 64;

interface NumbersProps {
  readonly lens: Lens;
  readonly label: string;
  readonly places: readonly Place[];
  readonly tone?: "now" | "later" | "zero" | undefined;
  readonly onChoose?: ((lane: number) => void) | undefined;
}

/** The numbers of a beat, side by side. */
export function Numbers({ lens, label, places, tone, onChoose }: NumbersProps) {
  return (
    <fieldset className="stage__part">
      <legend className="stage__label">{label}</legend>
      <div className="stage__numbers">
        {places.slice(0, most).map((place, lane) => (
          <Num
            // A lane keeps its button, and with it the focus, from beat to beat.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={lane}
            chain={lens.chain}
            before={lens.before}
            place={place}
            tone={tone}
            size={places.length > 16 ? "small" : undefined}
            onChoose={onChoose && (() => onChoose(lane))}
          />
        ))}
        {places.length > most && <span className="stage__label">and {places.length - most} more</span>}
      </div>
    </fieldset>
  );
}
