import { keepNewest } from "./keep-newest";

/** Over so many answers a rate is taken. */
const pacedAnswers = 30;
/** After so many milliseconds without an answer a rate begins anew: that time belongs to no frame. */
export const longestGapMs = 10_000;

/** The times of answers, in milliseconds and in order, with this one. */
export function paced(times: readonly number[], now: number): readonly number[] {
  const last = times.at(-1);
  if (last !== undefined && now - last > longestGapMs) return [now];
  return keepNewest(times, now, pacedAnswers);
}
