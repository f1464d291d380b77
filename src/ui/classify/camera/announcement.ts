/** A class as it was last said, and when. */
export interface Said {
  readonly index: number;
  readonly atMs: number;
}

/** Speech takes its time, and what one hears must not be cut off by the next frame. */
export const quietMs = 5000;

/** Is it time to say the best class: is it another one, and has the last been said long enough ago? */
export function isToBeSaid(said: Said | null, index: number, nowMs: number): boolean {
  return said === null || (said.index !== index && nowMs - said.atMs >= quietMs);
}
