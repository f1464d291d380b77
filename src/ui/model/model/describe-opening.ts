import { formatBytes } from "../../kit/format";
import type { Opening } from "../../state/compilation-slice";

/** What is being done with a file or an address, and how far it is: null if that is not known. */
export function describeOpening({ origin, received }: Opening): { text: string; share: number | null } {
  if (!received) return { text: `Opening ${origin}`, share: null };
  const { bytes, total } = received;
  return {
    text: `Fetching ${origin}: ${formatBytes(bytes)}${total === null ? "" : ` of ${formatBytes(total)}`}`,
    share: total === null ? null : bytes / total,
  };
}
