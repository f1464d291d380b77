import { useId, useState } from "react";
import { ProgressBar } from "react-aria-components/ProgressBar";
import { useAppState, useModelSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { photoForCheck } from "../session/model-session";
import type { CheckInput } from "../state/compilation-slice";
import { CheckTable } from "./check-table";
import { describeCheck } from "./model/describe-check";
import "./check-part.css";

/** Every layer's integers beside those of ONNX Runtime. */
export function CheckPart() {
  const session = useModelSession();
  const opened = useAppState((state) => state.compilation?.result ?? null);
  const inUse = useAppState((state) => state.lastModel);
  const check = useAppState((state) => state.check);
  const photo = useAppState(photoForCheck);
  const [wish, setWish] = useState<CheckInput>("photo");
  const id = useId();
  const target = opened?.package ?? inUse;
  if (!target) return null;
  const input: CheckInput = wish === "photo" && !photo ? "waves" : wish;
  const shown = check?.checksum === target.checksum ? check : null;
  return (
    <section className="check-part" aria-labelledby="check-heading" data-tour="check">
      <h3 id="check-heading">Check {opened?.name ?? inUse?.name} against ONNX Runtime</h3>
      <p className="check-part__lead">
        The integer network is written as standard ONNX, and ONNX Runtime, which shares no code with this app,
        computes every layer of that twin. What is checked is the compiled network; the opened file itself has
        operators of FINN and QONNX that ONNX Runtime does not know.
      </p>
      <div className="check-part__row">
        <label htmlFor={`${id}-input`}>Input</label>
        <select
          id={`${id}-input`}
          value={input}
          onChange={({ target: { value } }) =>
            setWish(value === "photo" || value === "noise" ? value : "waves")
          }
        >
          {photo && <option value="photo">the photo on screen in Classify</option>}
          <option value="waves">a test picture of waves</option>
          <option value="noise">a test picture of noise</option>
        </select>
        {shown?.phase === "running" ? (
          <ActionButton onPress={session.stopCheck}>Stop</ActionButton>
        ) : (
          <ActionButton onPress={() => void session.check(input)}>Check every layer</ActionButton>
        )}
      </div>
      {shown?.phase === "running" && (
        <ProgressBar className="check-part__progress" isIndeterminate aria-label="Checking">
          {shown.label}…
        </ProgressBar>
      )}
      <p role="status" className="check-part__answer">
        {shown?.report && describeCheck(shown.report)}
      </p>
      <div role="alert">{shown?.failure && <p className="model__refusal">{shown.failure.message}</p>}</div>
      {shown?.report && <CheckTable layers={shown.report.layers} />}
    </section>
  );
}
