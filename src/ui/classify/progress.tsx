import { ProgressBar } from "react-aria-components/ProgressBar";
import { useAppState } from "../app-context";
import { describeProgress } from "./describe-progress";
import "./progress.css";

/** What is under way, loading the model or classifying, as a strip at the foot of the photo. */
export function Progress() {
  const model = useAppState((state) => state.model);
  const attempt = useAppState((state) => state.attempt);
  const work = describeProgress(model, attempt);
  if (!work) return null;
  const { label, amount, share } = work;
  return (
    <ProgressBar
      className="progress"
      aria-label={label}
      isIndeterminate={share === null}
      value={(share ?? 0) * 100}
      valueLabel={amount ?? ""}
    >
      <span className="progress__label">{label}</span>
      <span className="progress__amount">{amount}</span>
      <span className="progress__track">
        <span
          className="progress__bar"
          data-indeterminate={share === null || undefined}
          style={share === null ? {} : { width: `${share * 100}%` }}
        />
      </span>
    </ProgressBar>
  );
}
