import { GroupMachine } from "./group";
import type { Machine } from "./machine";
import type { Network } from "./network";
import type { Bottleneck, SteadyState } from "./result";
import type { Stream } from "./stream";

/**
 * Do results come in a steady beat? So it is when at every stream the newest frame is the frame
 * before it some cycles later, beat for beat, and no stream is slower than the results. What comes
 * before the bottleneck may still be faster than them: it runs ahead until the FIFOs between are
 * full, which changes nothing behind.
 */
export function steadyState(network: Network, frames: number): SteadyState | null {
  const { streams } = network;
  const newest = frames - 1;
  const interval = intervalOf(streams.at(-1), newest);
  if (interval === null) return null;
  const isSteady = (stream: Stream) =>
    stream.frameShape[newest] === stream.frameShape[newest - 1] &&
    (intervalOf(stream, newest) ?? Number.POSITIVE_INFINITY) <= interval;
  if (!streams.every(isSteady)) return null;
  return { interval, fromFrame: newest, bottleneck: findBottleneck(network, newest - 1, interval) };
}

/** Cycles from the last beat of the frame before to the last beat of this one. */
function intervalOf(stream: Stream | undefined, frame: number): number | null {
  const [before, now] = [stream?.gaveFrame[frame - 1]?.last, stream?.gaveFrame[frame]?.last];
  return before === undefined || now === undefined ? null : now - before;
}

/**
 * Of the machines that keep the pace of the results (those before may still be running ahead), the
 * one with most to do. If even that one waits, something behind it does not take its beats: the full
 * streams from there on, up to the first machine that is not itself held up.
 */
function findBottleneck({ machines, streams }: Network, frame: number, interval: number): Bottleneck {
  const spent = (machine: Machine) =>
    machine.ledger.perFrame[frame] ?? { busy: 0, starved: 0, blocked: 0, done: 0 };
  const from = streams.findIndex((stream) => intervalOf(stream, frame) === interval);
  const candidates = machines.slice(Math.max(0, from));
  const limiting = candidates.find((machine) => spent(machine).busy >= interval);
  if (limiting) {
    const limit = limiting === machines[0] ? "input" : "node";
    return { machine: limiting.name, busyCycles: interval, limit, fullStreams: [], heldUpBy: null };
  }
  // A converter only passes on; in a tie it is the node beside it that counts.
  const nodes = candidates.filter((machine) => machine instanceof GroupMachine === false);
  const slowest = (nodes.length > 0 ? nodes : candidates).reduce((best, next) =>
    spent(next).busy > spent(best).busy ? next : best,
  );
  const fullStreams: string[] = [];
  let at = machines.indexOf(slowest);
  for (; at < machines.length - 1; at++) {
    const [machine, stream] = [machines[at], streams[at]];
    if (!machine || !stream || spent(machine).blocked === 0 || stream.maxOccupancy < stream.depth) break;
    fullStreams.push(stream.name);
  }
  const heldUpBy = fullStreams.length > 0 ? (machines[at]?.name ?? null) : null;
  return { machine: slowest.name, busyCycles: spent(slowest).busy, limit: "fifos", fullStreams, heldUpBy };
}
