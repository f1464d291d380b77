/**
 * Cycles of the beats of a frame on one side of a stream that keeps a pace: in frame f beat k moves
 * at `cycles[k] + f * pace`. A beat may move before its frame comes, such as the zeros of a
 * padding's first rows: then its cycle is negative.
 */
export type PacedCycles = Int32Array;

/**
 * The depth with which beats can be put in and taken at these cycles: a beat is put in when there has
 * been room for it in an earlier cycle or, in a bare connection (`register`), when the one before leaves.
 */
export function depthNeeded(
  writes: PacedCycles,
  reads: PacedCycles,
  { pace, register }: { readonly pace: number; readonly register: boolean },
): number {
  const beats = reads.length;
  const readAt = (beat: number) => {
    const frame = Math.floor(beat / beats);
    return reads[beat - frame * beats]! + frame * pace;
  };
  const freed = register ? 1 : 0;
  // Beats that have left when beat k comes: fewer than none, while those of frames before are there.
  let left = 0;
  while (readAt(left - 1) >= writes[0]! + freed) left--;
  let most = 0;
  for (let beat = 0; beat < beats; beat++) {
    while (readAt(left) < writes[beat]! + freed) left++;
    most = Math.max(most, beat + 1 - left);
  }
  return most;
}
