import type { Deadlock, Waiting } from "./result";

/** In plain words: since when nothing moves, and who waits for what. */
export function describeDeadlock({ cycle, waiting }: Deadlock): string {
  const who = waiting.map(describeWaiting).join("; ");
  return `After cycle ${cycle} nothing moves any more: ${who}. A deeper FIFO in that circle would help.`;
}

function describeWaiting({ machine, what, stream, held, depth }: Waiting): string {
  if (what === "beat") return `${machine} waits for a beat from ${stream}, which is empty`;
  return `${machine} waits for room in ${stream}, which holds ${held} of ${depth} beats`;
}
