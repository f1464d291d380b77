import { useId, useState } from "react";
import { useFoldingSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import type { BoardName } from "../state/folding-slice";
import "./button-row.css";
import "./fold-to.css";

/** Finds a folding: the cheapest that gives so many frames a second, or the fastest within a share of the board. */
export function FoldTo({ board }: { readonly board: BoardName }) {
  const session = useFoldingSession();
  return (
    <section className="fold-to folding__part" aria-labelledby="fold-to-heading" data-not-on-paper>
      <h3 id="fold-to-heading" className="part-heading">
        Find a folding
      </h3>
      <div className="fold-to__goals">
        <Goal
          label="Frames a second"
          unit="fps"
          first={1000}
          limits={{ min: 1, max: 1_000_000 }}
          action="Fold to this rate"
          onGo={(fps) => void session.foldToTarget(fps)}
        />
        <Goal
          label={`Share of the ${board}`}
          unit="%"
          first={50}
          limits={{ min: 1, max: 100 }}
          action="Fold into this share"
          onGo={(percent) => void session.foldToShare(percent / 100)}
        />
      </div>
      <p className="fold-to__note">
        Memories and multipliers stay as they are. FIFOs begin at FINN’s default depth; sizing them simulates
        the stream.
      </p>
      <div className="button-row">
        <ActionButton onPress={() => void session.sizeFifos()}>Size the FIFOs</ActionButton>
      </div>
    </section>
  );
}

interface GoalProps {
  readonly label: string;
  readonly unit: string;
  readonly first: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly action: string;
  onGo(value: number): void;
}

function Goal({ label, unit, first, limits, action, onGo }: GoalProps) {
  const [text, setText] = useState(String(first));
  const id = useId();
  return (
    // The browser says what is wrong with a number before it is taken.
    <form
      className="fold-to__goal"
      onSubmit={(event) => {
        event.preventDefault();
        onGo(Number(text));
      }}
    >
      <label htmlFor={id}>{label}</label>
      <span className="fold-to__field">
        <input
          id={id}
          type="number"
          required
          step="any"
          {...limits}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {unit}
      </span>
      <ActionButton type="submit">{action}</ActionButton>
    </form>
  );
}
