import type { Deadlock, Waiting } from "./result";

/**
 * Says where nothing moves any more: the last machine that has no room to put a beat, the stream that
 * is full behind it, and what the next one lacks. All before it wait for room in turn.
 */
export function describeDeadlock({ cycle, waiting }: Deadlock): string {
  const last = Math.max(
    0,
    waiting.findLastIndex(({ what }) => what === "room"),
  );
  const told = waiting.slice(last, last + 2).map(describeWaiting);
  const others = waiting.length - told.length;
  if (others > 0) told.push(`${others} more wait on them`);
  return `Deadlock: after cycle ${grouped(cycle)} nothing moves any more. ${told.join("; ")}. A deeper FIFO there helps.`;
}

function describeWaiting({ machine, what, stream, held, depth }: Waiting): string {
  if (what === "beat") return `${machine} waits for a beat from ${stream}`;
  return `${machine} waits for room in ${stream}, which holds ${grouped(held)} of ${grouped(depth)} beats`;
}

const grouped = (value: number): string => value.toLocaleString("en-US");
