import type { Network } from "./network";
import type { Deadlock } from "./result";

/**
 * Of a network in which nothing moves any more, and that is settled: who waits for what. Null when
 * all frames are through. A chain, as a folded graph is, never comes to this: it takes machines with
 * two ways between them.
 */
export function deadlockOf(network: Network): Deadlock | null {
  const waiting = network.waiting().map(({ machine, need: { what, stream } }) => ({
    machine: machine.name,
    what,
    stream: stream.name,
    held: stream.written - stream.taken,
    depth: stream.depth,
  }));
  return waiting.length > 0 ? { cycle: network.cycles - 1, waiting } : null;
}
