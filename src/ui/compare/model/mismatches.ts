import type { KeptFrame } from "./comparison";
import { keepNewest } from "./keep-newest";

/** How many differing frames are kept, with their pictures; the newest stay. */
export const mismatchBound = 50;

/**
 * The differing frames with this one, if it is one: all but a frame whose answers are the same in every
 * sense. They outlive the comparison they are of: each says by itself what was compared.
 */
export function withMismatch(mismatches: readonly KeptFrame[], frame: KeptFrame): readonly KeptFrame[] {
  return frame.agreement.sameOrder ? mismatches : keepNewest(mismatches, frame, mismatchBound);
}
