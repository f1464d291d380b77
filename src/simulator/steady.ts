import { GroupMachine } from "./group";
import type { Machine } from "./machine";
import type { Network } from "./network";
import type { Bottleneck, SteadyState } from "./result";
import type { Stream } from "./stream";

/** Results that came so often at the same pace are taken to go on so. */
const EVEN_RESULTS = 12;

/**
 * Do results come in a steady beat? So it is when at every stream the newest frame is the frame
 * before it some cycles later, beat for beat, and no stream is slower than the results. What comes
 * before the bottleneck may still be faster than them: it runs ahead until the FIFOs between are
 * full, which changes nothing behind.
 *
 * Where the two paces meet, the beats within a frame may shift for as long as a deep FIFO takes to
 * fill. Then the pace of the results alone tells.
 */
export function steadyState(network: Network, frames: number): SteadyState | null {
  const { streams } = network;
  const newest = frames - 1;
  const interval = intervalOf(streams.at(-1), newest);
  if (interval === null) return null;
  const keepsUp = (stream: Stream) => (intervalOf(stream, newest) ?? Number.POSITIVE_INFINITY) <= interval;
  const repeats = (stream: Stream) => stream.frameShape[newest] === stream.frameShape[newest - 1];
  if (!streams.every(keepsUp)) return null;
  if (!streams.every(repeats) && !cameEvenly(streams.at(-1), newest, interval)) return null;
  return { interval, fromFrame: newest, bottleneck: findBottleneck(network, newest, interval) };
}

function cameEvenly(results: Stream | undefined, newest: number, interval: number): boolean {
  return Array.from({ length: EVEN_RESULTS }, (_, i) => newest - i).every(
    (frame) => intervalOf(results, frame) === interval,
  );
}

/** Cycles from the last beat of the frame before to the last beat of this one. */
function intervalOf(stream: Stream | undefined, frame: number): number | null {
  const [before, now] = [stream?.gaveFrame[frame - 1]?.last, stream?.gaveFrame[frame]?.last];
  return before === undefined || now === undefined ? null : now - before;
}

/**
 * Of the machines that keep the pace of the results (those before may still be running ahead), the
 * one that needs most cycles for a frame. If even that one waits, something behind it does not take
 * its beats: the full streams from there on, up to the first machine that is not itself held up.
 */
function findBottleneck({ machines, streams }: Network, newest: number, interval: number): Bottleneck {
  // Some have told only of the frame before: what comes in next belongs to the newest one's time.
  const isBlocked = (machine: Machine) => (machine.ledger.perFrame[newest - 1]?.blocked ?? 0) > 0;
  const from = streams.findIndex((stream) => intervalOf(stream, newest) === interval);
  const candidates = machines.slice(Math.max(0, from));
  const slowest = slowestOf(candidates);
  const { name, frameCycles: busyCycles } = slowest;
  if (busyCycles >= interval) {
    const limit = slowest === machines[0] ? "input" : "node";
    return { machine: name, busyCycles, limit, fullStreams: [], heldUpBy: null };
  }
  const fullStreams: string[] = [];
  let at = machines.indexOf(slowest);
  for (; at < machines.length - 1; at++) {
    const [machine, stream] = [machines[at], streams[at]];
    if (!machine || !stream || !isBlocked(machine) || stream.maxOccupancy < stream.depth) break;
    fullStreams.push(stream.name);
  }
  const heldUpBy = fullStreams.length > 0 ? (machines[at]?.name ?? null) : null;
  return { machine: name, busyCycles, limit: "fifos", fullStreams, heldUpBy };
}

/** In a tie the first; a converter only passes on, so the node beside it counts before it. */
function slowestOf(machines: readonly Machine[]): Machine {
  const most = Math.max(...machines.map(({ frameCycles }) => frameCycles));
  const slowest = machines.filter(({ frameCycles }) => frameCycles === most);
  const found = slowest.find((machine) => !(machine instanceof GroupMachine)) ?? slowest[0];
  if (!found) throw new RangeError("a pipeline has machines");
  return found;
}
