import { type Chain, machineAt } from "./build-network";
import type { PacedCycles } from "./depth-needed";
import { Network } from "./network";
import { InnerStream, InputStream, OutputStream } from "./section-streams";
import type { TimedSide } from "./timed-side";
import type { Turns } from "./turns";

/** Some machines of a chain, one behind the other, to which a frame comes at a fixed pace. */
export interface Section {
  /** The first and the last machine. */
  readonly first: number;
  readonly last: number;
  /** Cycles between two frames. */
  readonly pace: number;
  /** When beats come into the section, on a link that holds as many as it must. */
  readonly given: PacedCycles;
  /** Depths of the links between the machines. */
  readonly depths: readonly number[];
}

/** When beats move in a section that keeps up, the same in every frame. */
export interface PacedSection {
  /** Out of the link into the section. */
  readonly reads: PacedCycles;
  /** Into each link from the first machine on; the output DMA has none behind it. */
  readonly writes: readonly PacedCycles[];
}

/** To wait so long for certainty; hardly any section needs ten. */
const MAX_FRAMES = 64;

/**
 * Sends frames into a section until it is certain whether it keeps up. Null when it does not, or when
 * that is still open after 64 frames.
 *
 * It keeps up when all beats of a frame come exactly the pace later than those of the frame before:
 * then they always will.
 *
 * It falls behind when the beats that shift most shift by more than the pace, and do so by the same
 * again. What such a beat waits for, another beat or room, came later by as much itself, or the beat
 * could have come earlier. So these beats wait only for each other, and will be as late again in
 * every frame to come. (Cycles are a max-plus linear system, and this is a circuit of it with a mean
 * above the pace.)
 */
export async function runPaced(chain: Chain, section: Section, turns: Turns): Promise<PacedSection | null> {
  const { network, sides, streams } = build(chain, section);
  const { pace } = section;
  // A FIFO deeper than a frame remembers more than the frame before.
  const memory = Math.max(1, ...streams.inner.map(({ depth, beats }) => Math.ceil(depth / beats)));
  let keepsUp = 0;
  let fallsBehind = 0;
  let slowest = 0;
  for (let frame = 1; frame <= MAX_FRAMES; frame++) {
    for (const side of sides) side.watched = slowest;
    network.allow(frame);
    while (network.work(4096)) await turns.next();
    if (network.waiting().length > 0) return null;
    // The first has none before it.
    if (frame === 1) continue;
    keepsUp = sides.every(({ leastShift, mostShift }) => leastShift === pace && mostShift === pace)
      ? keepsUp + 1
      : 0;
    if (keepsUp === memory) return pacedCycles(streams, streams.input.begin + (frame - 1) * pace);
    const before = slowest;
    slowest = Math.max(...sides.map(({ mostShift }) => mostShift));
    const asBefore = slowest === before && sides.every(({ strayed }) => strayed === 0);
    fallsBehind = slowest > pace && asBefore ? fallsBehind + 1 : 0;
    if (fallsBehind === memory) return null;
  }
  return null;
}

interface SectionStreams {
  readonly input: InputStream;
  readonly inner: readonly InnerStream[];
  readonly output: OutputStream | undefined;
}

function build(chain: Chain, { first, last, pace, given, depths }: Section) {
  const links = chain.links;
  const beats = links[Math.max(0, first - 1)]?.beats ?? 0;
  const input = new InputStream({ name: "given", beats }, given, pace);
  const inner = links
    .slice(first, last)
    .map(({ isFifo, ...link }, i) => new InnerStream({ ...link, register: !isFifo, depth: depths[i] ?? 1 }));
  const after = links[last];
  const output = after && new OutputStream(after);
  const machines = Array.from({ length: last - first + 1 }, (_, i) =>
    machineAt(chain, first + i, inner[i - 1] ?? input, inner[i] ?? output, null),
  );
  const streams: SectionStreams = { input, inner, output };
  const sides = [input.reads, ...inner.flatMap(({ writes, reads }) => [writes, reads])];
  if (output) sides.push(output.writes);
  const network = new Network(machines, [input, ...inner, ...(output ? [output] : [])]);
  return { network, sides, streams };
}

function pacedCycles({ input, inner, output }: SectionStreams, frameBegin: number): PacedSection {
  const ofFrame = ({ cycles }: TimedSide) => cycles.map((cycle) => cycle - frameBegin);
  const written = output ? [...inner, output] : inner;
  return { reads: ofFrame(input.reads), writes: written.map(({ writes }) => ofFrame(writes)) };
}
