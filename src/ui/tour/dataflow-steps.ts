import { boards } from "../../hardware/boards";
import type { Pipeline } from "../dataflow/model/pipeline";
import { formatFps, formatInteger, formatMs, formatShare } from "../kit/format";
import { busyCycle, mostBlocked, multipliers, steadySpent } from "./find-facts";
import type { TourStep } from "./tour-step";

/** At this speed a frame takes so many of the user's seconds. */
const secondsOfFrame = 30;

export const whyDataflow: TourStep = {
  title: "Every layer has its own hardware",
  view: "dataflow",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="map"]', name: "the map" }),
  looks: ({ pipeline }) =>
    pipeline
      ? { cycle: busyCycle(pipeline), speed: intervalOf(pipeline) / secondsOfFrame, playing: true }
      : {},
  text({ design, pipeline }) {
    const idea =
      "A GPU works off one layer after another. Here each layer is a circuit of its own, and all work at once: data streams through them, and nothing goes back to memory in between.";
    if (!design) return idea;
    const { nodes } = design.report;
    const all = formatInteger(nodes.reduce((sum, node) => sum + multipliers(node), 0));
    const parts = `On the ${design.board} that is ${nodes.length} nodes with ${all} multipliers in all.`;
    if (!pipeline) return `${idea} ${parts}`;
    const busy = pipeline.machines.filter((machine) => {
      const spent = steadySpent(pipeline, machine);
      return spent && spent.busy > spent.starved + spent.blocked;
    }).length;
    return `${idea} ${parts} ${busy} of the ${pipeline.machines.length} machines on the map are busy most of the time.`;
  },
  trial: {
    text: () => "Choose a machine on the map and read below it what it does.",
    isDone: (now, entry) => now.node !== null && now.node !== entry.node,
  },
};

export const backPressure: TourStep = {
  title: "FIFOs and back-pressure",
  view: "dataflow",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="node"]', name: "the machine’s figures" }),
  looks: ({ pipeline }) =>
    pipeline ? { playing: false, cycle: busyCycle(pipeline), node: mostBlocked(pipeline)?.name ?? null } : {},
  text({ pipeline }) {
    const idea =
      "Between two machines stands a FIFO. Where it is empty, the machine behind it starves; where it is full, the one before it is blocked, and so a slow machine holds up all before it.";
    if (!pipeline) return idea;
    const { streams, steady } = pipeline.simulation;
    const fifos = streams.filter(({ isFifo }) => isFifo);
    const [deepest] = fifos.toSorted((a, b) => b.depth - a.depth);
    const has = deepest
      ? `This design has ${fifos.length} FIFOs; the deepest holds ${formatInteger(deepest.depth)} beats.`
      : "This design has no FIFO: each machine hands its beats to a register.";
    const machine = mostBlocked(pipeline);
    const spent = machine && steadySpent(pipeline, machine);
    if (!spent || !steady) return `${idea} ${has}`;
    return `${idea} ${has} ${machine.name} waits for room ${formatShare(spent.blocked / steady.interval)} of the time.`;
  },
  trial: {
    text: () =>
      "Press On a beat beside Play, or the key “.”, and watch how many beats stand before and behind it.",
    isDone: (now, entry) => !now.playing && now.cycle !== entry.cycle && now.streaming === entry.streaming,
  },
};

export const theBottleneck: TourStep = {
  title: "The bottleneck",
  view: "dataflow",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="bottleneck"]', name: "what limits the rate" }),
  looks: ({ pipeline }) =>
    pipeline
      ? {
          playing: false,
          cycle: busyCycle(pipeline),
          node: pipeline.simulation.steady?.bottleneck.machine ?? null,
        }
      : {},
  text({ pipeline }) {
    const idea =
      "A stream is as fast as its slowest part: machines before it are blocked, those behind it starve.";
    const steady = pipeline?.simulation.steady;
    if (!steady) return idea;
    const { bottleneck, interval } = steady;
    const work = `Here ${bottleneck.machine} sets the pace: it works in ${formatInteger(bottleneck.busyCycles)} of the ${formatInteger(interval)} cycles between two results.`;
    return bottleneck.limit === "fifos"
      ? `${idea} ${work} The rest is lost because the FIFOs around it are too shallow to bridge the pauses of others.`
      : `${idea} ${work} So no other machine’s folding matters before its own.`;
  },
  trial: {
    text: () => "Choose the machine behind it, and see how much of its frame it waits.",
    isDone: (now, entry) => now.node !== entry.node && now.view === "dataflow",
  },
};

export const framesOverlap: TourStep = {
  title: "Many frames in the pipe",
  view: "dataflow",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="chart"]', name: "the chart" }),
  looks: ({ pipeline }) => (pipeline ? { playing: false, cycle: busyCycle(pipeline) } : {}),
  text({ pipeline }) {
    const idea =
      "No machine waits for a photo to be done: as soon as the first of them has taken the last pixel, the next photo comes in. Each tint of the chart is one frame.";
    const [first, second] = pipeline?.simulation.frames ?? [];
    if (!pipeline || !first || !second) return idea;
    const at = busyCycle(pipeline);
    const inside = pipeline.simulation.frames.filter(
      ({ firstIn, lastOut }) => firstIn <= at && at <= lastOut,
    ).length;
    return `${idea} Frame 2 enters at cycle ${formatInteger(second.firstIn)}, and frame 1 leaves at cycle ${formatInteger(first.lastOut)}; at the cycle shown ${inside === 1 ? "1 frame is" : `${inside} frames are`} under way.`;
  },
  trial: {
    text: () => "Press First result out, and see how far the frames after it have come.",
    isDone: ({ cycle, streaming }) => cycle === streaming?.simulation.frames[0]?.lastOut,
  },
};

export const latencyAndRate: TourStep = {
  title: "Latency is not throughput",
  view: "dataflow",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="figures"]', name: "the figures" }),
  looks: ({ pipeline }) =>
    pipeline ? { playing: false, cycle: pipeline.simulation.frames[0]?.firstIn ?? 0 } : {},
  text({ pipeline }) {
    const idea =
      "Latency is how long one photo is under way; throughput is how often a result comes out. In a stream the second is not one over the first.";
    const first = pipeline?.simulation.frames[0];
    const interval = pipeline?.simulation.steady?.interval;
    if (!pipeline || !first || !interval) return idea;
    const { clockNs } = boards[pipeline.design.board];
    const ms = (cycles: number) => formatMs((cycles * clockNs) / 1e6);
    const latency = first.lastOut - first.firstIn + 1;
    const { criticalPathCycles } = pipeline.design.report.performance;
    return `${idea} The first photo takes ${ms(latency)}, then a result comes every ${ms(interval)}: ${formatFps(1e9 / clockNs / interval)}. Layer after layer, one photo would take ${ms(criticalPathCycles)}.`;
  },
  trial: {
    text: () => "Press Steady: from there on every frame runs like the one before it.",
    isDone({ cycle, streaming }, entry) {
      const { steady, frames } = streaming?.simulation ?? {};
      return cycle !== entry.cycle && cycle === frames?.[steady?.fromFrame ?? -1]?.firstIn;
    },
  },
};

function intervalOf({ simulation, design }: Pipeline): number {
  return simulation.steady?.interval ?? design.report.performance.maxCycles;
}
