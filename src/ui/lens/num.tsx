import { memo } from "react";
import { formatInteger } from "../kit/format";
import { useFocus } from "./focus";
import type { Chain } from "./model/chain";
import { describePlace } from "./model/describe-place";
import { type Place, placeKey } from "./model/place";
import { numberAt } from "./model/provenance";
import "./num.css";

export interface NumProps {
  readonly chain: Chain;
  /** What feeds the chain, in words. */
  readonly before: string;
  readonly place: Place;
  /** `now`: in this very cycle; `later`: not there yet; `zero`: of the padding. */
  readonly tone?: "now" | "later" | "zero" | undefined;
  readonly size?: "small" | "large" | undefined;
  readonly onChoose?: (() => void) | undefined;
}

/**
 * A number of the machine. Pointing at it or focusing it shows where it came from and where it goes;
 * Enter or a click pins that. One number of a panel is in the tab order, arrow keys go to the others.
 */
export const Num = memo(function Num({ chain, before, place, tone, size, onChoose }: NumProps) {
  const key = placeKey(place);
  const relation = useFocus(({ relations }) => relations.get(key));
  const look = useFocus((focus) => focus.look);
  const pin = useFocus((focus) => focus.pin);
  const text = formatInteger(numberAt(chain, place));
  return (
    <button
      type="button"
      className="num"
      data-in-picture
      tabIndex={-1}
      data-place={key}
      data-tone={tone}
      data-size={size}
      data-relation={relation}
      aria-label={`${text}, ${describePlace(chain, place, before)}`}
      onPointerEnter={() => look(chain, place)}
      onFocus={() => {
        look(chain, place);
        onChoose?.();
      }}
      onClick={() => pin(chain, place)}
    >
      {text}
    </button>
  );
});
