import { useEffect, useMemo, useRef } from "react";
import { useAppState, useSession } from "../app-context";
import type { Tap } from "../engine-types";
import { ActionButton } from "../kit/action-button";
import { formatInteger, formatShare } from "../kit/format";
import { tapOf, tappingOf } from "../state/taps-slice";
import { ActivationHistogram } from "./activation-histogram";
import { tapStatistics } from "./tap-statistics";
import "./node-activations.css";

/** What a node put out for the photo on screen; measured when asked for, as it costs another run. */
export function NodeActivations({ node }: { readonly node: string }) {
  const session = useSession();
  const tap = useAppState((state) => tapOf(state, node));
  const tapping = useAppState((state) => tappingOf(state, node));
  const outcome = useAppState((state) => state.outcome);
  const idle = useAppState((state) => state.attempt?.phase !== "running");
  const phase = tap ? "done" : tapping?.phase;
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  // The result takes the place of the button that was pressed: so does the focus. Not when the
  // pointer merely comes back to a measured node.
  useEffect(() => {
    if (!asked.current || phase === undefined || phase === "running") return;
    asked.current = false;
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [phase]);
  if (!outcome) return null;
  return (
    <div className="node-activations" ref={box} tabIndex={-1}>
      {tap ? (
        <Statistics tap={tap} picture={outcome.picture.name} />
      ) : (
        <ActionButton
          isDisabled={!idle || phase === "running"}
          onPress={() => {
            asked.current = true;
            void session.tap([node]);
          }}
        >
          {phase === "running" ? "Measuring…" : "Measure its output"}
        </ActionButton>
      )}
      {!tap && tapping?.failure && (
        <p role="alert" className="node-activations__failure">
          {tapping.failure.message}
        </p>
      )}
    </div>
  );
}

function Statistics({ tap, picture }: { readonly tap: Tap; readonly picture: string }) {
  const { nonZero, min, max, histogram } = useMemo(() => tapStatistics(tap), [tap]);
  return (
    <div role="status">
      <p>
        <strong>{formatShare(nonZero)}</strong> of its outputs are not zero for {picture};{" "}
        {formatInteger(min)} to {formatInteger(max)}.
      </p>
      {histogram && <ActivationHistogram histogram={histogram} />}
    </div>
  );
}
