import { useId, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { ProgressBar } from "react-aria-components/ProgressBar";
import type { CompileRequest } from "../../workers/compiler-api";
import { useAppState, useModelSession } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { describeOpening } from "./model/describe-opening";
import "./open-model.css";

type Preprocessing = CompileRequest["preprocessing"];

/** The ways to open a model: a file, or an address that is asked for nothing before it is submitted. */
export function OpenModel() {
  const session = useModelSession();
  const [preprocessing, setPreprocessing] = useState<Preprocessing>("auto");
  const [address, setAddress] = useState("");
  const id = useId();
  return (
    <section className="open-model" aria-labelledby={`${id}-heading`}>
      <h3 id={`${id}-heading`}>Open a model</h3>
      <div className="open-model__row">
        <FileTrigger
          onSelect={(files) => {
            const file = files?.[0];
            if (file) void session.openFile(file, preprocessing);
          }}
        >
          <ActionButton primary>Choose an ONNX file</ActionButton>
        </FileTrigger>
        <span className="open-model__hint">or drop it anywhere on this page</span>
      </div>
      <form
        className="open-model__address"
        onSubmit={(event) => {
          event.preventDefault();
          void session.openAddress(address, preprocessing);
        }}
      >
        <label htmlFor={`${id}-address`}>Address of an ONNX file</label>
        <div className="open-model__row">
          <input
            id={`${id}-address`}
            className="open-model__field"
            // Not type="url": what is wrong with an address is said in our words, where all failures are.
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
          <ActionButton type="submit">Fetch</ActionButton>
        </div>
      </form>
      <label className="open-model__input">
        What the network reads, if the file does not say
        <select
          value={preprocessing}
          onChange={(event) => setPreprocessing(event.target.value === "none" ? "none" : "auto")}
        >
          <option value="auto">Find out: scaled pictures as for ImageNet</option>
          <option value="none">Values from 0 to 255 as they are</option>
        </select>
      </label>
      <OpeningStatus />
    </section>
  );
}

function OpeningStatus() {
  const session = useModelSession();
  const opening = useAppState((state) => state.opening);
  const failure = useAppState((state) => state.openingFailure);
  const work = opening && describeOpening(opening);
  return (
    <>
      {work && (
        <div className="open-model__row">
          <ProgressBar
            className="open-model__progress"
            aria-label="Opening the model"
            isIndeterminate={work.share === null}
            value={(work.share ?? 0) * 100}
          >
            {work.text}
          </ProgressBar>
          <ActionButton onPress={session.stopOpening}>Stop</ActionButton>
        </div>
      )}
      {/* Always there, so that screen readers hear what comes into it. */}
      <div role="alert">
        {failure && (
          <p className="model__refusal">
            <strong>{failure.origin || "The address"}</strong> was not opened. {failure.message}
          </p>
        )}
      </div>
    </>
  );
}
