import { describePhase } from "./describe-endpoint";
import "./status-light.css";
import type { EndpointStatus } from "./use-endpoint-status";

/** How an endpoint is: a shape, a colour, and the word. */
export function StatusLight({ phase }: { readonly phase: EndpointStatus["phase"] }) {
  return (
    <span className="status-light" data-phase={phase}>
      <svg className="status-light__sign" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d={signs[phase]} />
      </svg>
      {describePhase(phase)}
    </span>
  );
}

/** A tick, a cross, a ring with a gap, a question's bar: told apart without colour. */
const signs: Record<EndpointStatus["phase"], string> = {
  ready: "M1.5 6.5 4.5 9.5 10.5 2.5",
  failed: "M2 2 10 10M10 2 2 10",
  checking: "M6 1.5A4.5 4.5 0 1 1 1.5 6",
  "awaiting-consent": "M6 1.5V7M6 9.5V10.5",
};
