import { useMemo, useRef } from "react";
import { formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { spectrumPath, spectrumScale, summarizeLogits } from "./spectrum";
import "./logit-spectrum.css";

export interface LogitSpectrumProps {
  readonly logits: Int32Array;
  /** Classes to mark. */
  readonly marked: readonly number[];
}

const height = 100;

/** All logits side by side, in the order of the classes, where kin stand close together. */
export function LogitSpectrum({ logits, marked }: LogitSpectrumProps) {
  const figure = useRef<HTMLElement>(null);
  const { all, best, zero, summary } = useMemo(
    () => ({
      all: spectrumPath(logits, height),
      best: spectrumPath(logits, height, marked),
      zero: spectrumScale(logits, height)(0),
      summary: summarizeLogits(logits),
    }),
    [logits, marked],
  );
  return (
    <figure ref={figure} className="logit-spectrum">
      <figcaption>
        <h3 className="part-heading">All {logits.length} logits, by class number</h3>
        <p>
          {formatInteger(summary.lowest)} to {formatInteger(summary.highest)}, median{" "}
          {formatInteger(summary.median)}
        </p>
        <SavePicture picture={figure} name="Logits" />
      </figcaption>
      <svg viewBox={`0 0 ${logits.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="logit-spectrum__all" d={all} />
        <path className="logit-spectrum__best" d={best} />
        <line className="logit-spectrum__zero" x2={logits.length} y1={zero} y2={zero} />
      </svg>
    </figure>
  );
}
