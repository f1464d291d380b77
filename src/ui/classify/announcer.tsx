import { useAppState } from "../app-context";
import { formatInteger } from "../kit/format";

/** Tells screen readers of each new result. */
export function Announcer() {
  const attempt = useAppState((state) => state.attempt);
  const outcome = useAppState((state) => state.outcome);
  const best = attempt?.phase === "done" ? outcome?.classification.top[0] : undefined;
  return (
    <p role="status" aria-label="Result" className="visually-hidden">
      {best &&
        `${outcome?.picture.name}: ${best.label ?? `class ${best.index}`}, logit ${formatInteger(best.logit)}.`}
    </p>
  );
}
