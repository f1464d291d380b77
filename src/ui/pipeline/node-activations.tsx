import { useEffect, useMemo, useRef } from "react";
import { useAppState, useSession } from "../app-context";
import type { Tap } from "../engine-types";
import { ActionButton } from "../kit/action-button";
import { formatInteger, formatShare } from "../kit/format";
import { ActivationHistogram } from "./activation-histogram";
import { tapStatistics } from "./tap-statistics";
import "./node-activations.css";

/** What a node put out for the photo on screen; measured when asked for, as it costs another run. */
export function NodeActivations({ node }: { readonly node: string }) {
  const session = useSession();
  const measurement = useAppState((state) => state.measurement);
  const outcome = useAppState((state) => state.outcome);
  const idle = useAppState((state) => state.attempt?.phase !== "running");
  if (!outcome) return null;
  const mine = measurement?.node === node && measurement.attempt === outcome.attempt ? measurement : null;
  if (mine?.phase === "done") return <Statistics tap={mine.tap} picture={outcome.picture.name} />;
  return (
    <div className="node-activations">
      <ActionButton
        isDisabled={!idle || mine?.phase === "running"}
        onPress={() => void session.measure(node)}
      >
        {mine?.phase === "running" ? "Measuring…" : "Measure its output"}
      </ActionButton>
      {mine?.phase === "failed" && (
        <p role="alert" className="node-activations__failure">
          {mine.failure.message}
        </p>
      )}
    </div>
  );
}

function Statistics({ tap, picture }: { readonly tap: Tap; readonly picture: string }) {
  const { nonZero, min, max, histogram } = useMemo(() => tapStatistics(tap), [tap]);
  const result = useRef<HTMLDivElement>(null);
  // It takes the place of the button that was pressed: so does the focus, and the result is read out.
  useEffect(() => {
    if (document.activeElement === document.body) result.current?.focus();
  }, []);
  return (
    <div className="node-activations" role="status" ref={result} tabIndex={-1}>
      <p>
        <strong>{formatShare(nonZero)}</strong> of its outputs are not zero for {picture};{" "}
        {formatInteger(min)} to {formatInteger(max)}.
      </p>
      {histogram && <ActivationHistogram histogram={histogram} />}
    </div>
  );
}
