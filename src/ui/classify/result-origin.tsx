import { useAppState } from "../app-context";
import { standing } from "../state/picture-slice";
import "./result-origin.css";

/** Of which picture the result on screen is. */
export function ResultOrigin() {
  const outcome = useAppState((state) => state.outcome);
  const stands = useAppState(standing);
  if (!outcome) return null;
  const { name } = outcome.picture;
  if (stands === "current") return <p className="result-origin">{name}</p>;
  return (
    <p className="result-origin result-origin--former">
      {stands === "former" ? `Of the former photo: ${name}` : `As computed before: ${name}`}
    </p>
  );
}
