import { formatInteger } from "../../kit/format";
import type { RunSnapshot } from "../run/run-snapshot";
import { counted } from "./counted";

export interface RunProgress {
  /** From 0 to 1. */
  readonly share: number;
  /** "120 of 500 pictures". */
  readonly amount: string;
  /** "12.3 images/s, about 31 s left"; null while nothing is measured. */
  readonly pace: string | null;
  /** Files that gave no answer and are tried again when the run goes on. */
  readonly toRetry: number;
}

/** How far a run is, in numbers and words. */
export function progressOf({ header, tally, perSecond }: RunSnapshot): RunProgress {
  const { done, broken, missing, failed } = tally.files;
  const total = header.set.images;
  const through = done + broken + missing + failed;
  const leftSeconds = perSecond === null ? null : Math.max(0, total - through) / perSecond;
  return {
    share: total > 0 ? Math.min(1, through / total) : 0,
    amount: `${formatInteger(through)} of ${counted(total, "picture")}`,
    pace:
      perSecond === null || leftSeconds === null
        ? null
        : `${rate.format(perSecond)} images/s, ${duration(leftSeconds)} left`,
    toRetry: missing + failed,
  };
}

const rate = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** "under 1 s", "about 31 s", "12 min", "3 h 20 min". */
function duration(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
