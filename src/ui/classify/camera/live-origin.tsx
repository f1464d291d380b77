import { useAppState } from "../../app-context";
import { formatInteger } from "../../kit/format";
import "../result-origin.css";

/** Of which frame the result on screen is. */
export function LiveOrigin() {
  const number = useAppState(({ liveResult }) => liveResult?.number);
  return <p className="result-origin">{number !== undefined && `Camera frame ${formatInteger(number)}`}</p>;
}
