import type { Compilation } from "../../state/compilation-slice";

/** How far a model came, what stopped it, and why. */
export function describeFailure(
  { code, pass, message }: NonNullable<Compilation["failure"]>,
  passes: number,
): string {
  const when =
    passes === 0 ? "before the first pass" : `after ${passes === 1 ? "1 pass" : `${passes} passes`}`;
  if (code === "aborted") return `Stopped ${when}.`;
  return `Refused${pass ? ` by ${pass}` : ""} ${when}. ${message}`;
}
