import { describe, expect, test } from "vitest";
import { deadlockedSimulation, steadySimulation } from "../testing/hand-made-simulation";
import { bottleneckSentence, simulationLines } from "./simulation-lines";

const build = { clockNs: 5, criticalPathCycles: 6000, sizedFifos: false };

test("a steady pipeline: first result, interval, what limits it, FIFOs", () => {
  expect(simulationLines(steadySimulation, build)).toEqual([
    "Simulated, 3 frames",
    "  first result  after 1,500 cycles, 0.007 ms",
    "                all nodes one after another: 0.030 ms, 4.0 times as long",
    "  interval      1,000 cycles, 200,000.0 frames/s",
    "                MVAU_hls_0 is busy in every cycle: only a faster folding of it helps",
    "  deepest FIFOs StreamingFIFO_rtl_0 held 2,048 of 2,048 beats, full",
  ]);
});

test("too few frames to be steady", () => {
  const short = { ...steadySimulation, frames: steadySimulation.frames.slice(0, 1), steady: null };
  const lines = simulationLines(short, build);
  expect(lines[0]).toBe("Simulated, 1 frame");
  expect(lines).toContain("  interval      not steady yet: simulate more frames");
});

test("the deepest FIFOs come first, five of them", () => {
  const [fifo] = steadySimulation.streams;
  const streams = [3, 9, 1, 7, 5, 8].map((most) => ({
    ...fifo!,
    name: `StreamingFIFO_rtl_${most}`,
    maxOccupancy: most,
  }));
  const lines = simulationLines({ ...steadySimulation, streams }, build);
  expect(simulationLines({ ...steadySimulation, streams: streams.slice(2, 3) }, build).at(-1)).toBe(
    "  deepest FIFOs none held more than 2 beats",
  );
  expect(lines.flatMap((line) => line.match(/StreamingFIFO_rtl_\d/) ?? [])).toEqual(
    [9, 8, 7, 5, 3].map((most) => `StreamingFIFO_rtl_${most}`),
  );
});

test("a deadlock leaves no figures", () => {
  expect(simulationLines(deadlockedSimulation, build)[0]).toBe("Simulated, 0 frames");
});

describe("what limits the rate", () => {
  const bare = "A -> B";
  const streams = ["F1", "F2", "F3", bare].map((name) => ({ name, isFifo: name !== bare }));
  test.each([
    { limit: "input", full: [], says: "X is busy in every cycle: the frames come in no faster" },
    { limit: "fifos", full: [], says: "X sets the pace: at times no beat comes to it" },
    { full: ["F1"], says: "F1 fills up before Y. Deeper FIFOs help (--size-fifos)" },
    { full: ["F1", "F2", "F3"], says: "F1 and 2 more fill up before Y. Deeper FIFOs help (--size-fifos)" },
    { full: ["F1", bare], says: "F1 and 1 more fill up before Y. Deeper FIFOs help (--size-fifos)" },
    { full: [bare], says: "A -> B fills up before Y. A FIFO at A -> B helps" },
    { full: ["F1", bare], sized: true, says: "F1 and 1 more fill up before Y. A FIFO at A -> B helps" },
    { full: ["F1"], sized: true, says: "F1 fills up before Y" },
  ] as const)("$limit $full, sized: $sized", ({ limit, full, sized, says }) => {
    const waits = full.length > 0;
    const sentence = bottleneckSentence(
      {
        machine: "X",
        busyCycles: 1,
        limit: limit ?? "fifos",
        fullStreams: full,
        heldUpBy: waits ? "Y" : null,
      },
      streams,
      sized ?? false,
    );
    expect(sentence).toBe(waits ? `X sets the pace, for it waits: ${says}` : says);
  });
});
