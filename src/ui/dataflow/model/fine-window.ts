/** Cycles that are fetched at a time. */
const tile = 4096;

/** Up to so many cycles a second one can see single cycles, and they are fetched while it plays. */
export const fineSpeed = 2000;

/** The cycles to fetch, one a bin, to see those from `from` to before `to`: with some before and behind. */
export function fineWindow(from: number, to = from + 1): { readonly from: number; readonly to: number } {
  const first = Math.floor(from / tile) * tile;
  const last = Math.ceil(to / tile) * tile;
  return { from: Math.max(0, first - tile), to: last + tile };
}
