import { useEffect, useRef } from "react";
import { useAppState, useAppStore } from "../../app-context";
import { formatInteger } from "../../kit/format";
import { tintOf } from "../model/frame-tint";
import type { Pipeline } from "../model/pipeline";
import "./scrubber.css";

/** All cycles as a slider; above it, where each frame comes in, and below, where its result comes out. */
export function Scrubber({ pipeline }: { readonly pipeline: Pipeline }) {
  const store = useAppStore();
  const setCycle = useAppState((state) => state.setCycle);
  const input = useRef<HTMLInputElement>(null);
  const { cycles, frames } = pipeline.simulation;
  const last = Math.max(1, cycles - 1);

  // Sixty times a second while it plays: past React, straight into the element.
  useEffect(() => {
    const update = () => {
      const { cycle } = store.getState();
      if (!input.current || input.current.valueAsNumber === cycle) return;
      input.current.value = String(cycle);
      input.current.setAttribute("aria-valuetext", `cycle ${formatInteger(cycle)}`);
    };
    if (input.current) input.current.max = String(last);
    update();
    return store.subscribe(update);
  }, [store, last]);

  const share = (cycle: number) => `${(cycle / last) * 100}%`;
  return (
    <div className="scrubber" data-not-on-paper>
      <div className="scrubber__marks" aria-hidden="true">
        {frames.map(({ firstIn, lastOut }, i) => (
          <span key={lastOut} style={{ "--tint": `var(--frame-${tintOf(i) + 1})` } as React.CSSProperties}>
            <span
              className="scrubber__in"
              style={{ left: share(firstIn) }}
              title={`Frame ${i + 1} comes in`}
            />
            <span className="scrubber__out" style={{ left: share(lastOut) }} title={`Result ${i + 1}`} />
          </span>
        ))}
      </div>
      <input
        ref={input}
        className="scrubber__input"
        type="range"
        aria-label="Cycle"
        min={0}
        step={1}
        defaultValue={0}
        onInput={(event) => setCycle(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
