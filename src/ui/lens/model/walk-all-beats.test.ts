import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryCase, type EngineCase } from "../../../emulator/testing/arbitrary-graph";
import { Random } from "../../../emulator/testing/random";
import type { IntegerArray } from "../../../graph/dataflow";
import { withStandaloneThresholds } from "../../../hardware/standalone-thresholds";
import { inputCut, outputCut, outputIndex } from "./beats";
import { valueOn } from "./chain";
import { converterAt, inFrame } from "./converter";
import { labelStateAt } from "./label-state";
import { lineBufferAt, pixelState } from "./line-buffer";
import { type Moment, momentOf } from "./moment";
import { paddingBeat } from "./padding-beat";
import { isReducer } from "./reduction";
import { climb } from "./staircase";
import { randomFolding } from "./testing/random-folding";
import { type FoldedCase, type Run, runOf } from "./testing/walk";
import { laneOf, tileAt } from "./tile";

/** What the model says about a node in one cycle: values that come out, by position in the output's tensor. */
type Seen = readonly (readonly [index: number, value: number])[];

/** Checks what goes in, and says what comes out. */
function look(run: Run, node: number, moment: Moment): { taken: readonly number[]; given: Seen } {
  const { chain } = run;
  const folded = chain.nodes[node]!;
  const out = (index: number) => [index, valueOn(chain, node + 1, index)] as const;
  if (isReducer(folded)) {
    const tile = tileAt(folded, moment.busyBefore);
    const lanes = Array.from({ length: tile.reduction.pe }, (_, pe) => laneOf(chain, node, tile, pe));
    const { activation, shift, simd } = tile.reduction;
    for (const { before, after, terms } of lanes) {
      expect(terms).toHaveLength(simd);
      expect(after).toBe(before + terms.reduce((sum, { input, weight }) => sum + input * weight, 0));
      if (tile.iteration.synapseFold === 0) expect(before).toBe(0);
    }
    // The inputs of a window come a term at a time for all channels, those of a vector side by side.
    const taken =
      folded.kind === "MVAU"
        ? (lanes[0]?.terms.map(({ inputIndex }) => inputIndex) ?? [])
        : Array.from({ length: simd }, (_, s) => lanes.map(({ terms }) => terms[s]!.inputIndex)).flat();
    const given = tile.finishes
      ? lanes.map(({ channel, outputIndex: at, after }) => {
          const value = activation ? climb(activation, channel, after).value : after >> shift;
          return [at, value] as const;
        })
      : [];
    return { taken, given };
  }
  switch (folded.kind) {
    case "FMPadding": {
      const beat = paddingBeat(folded, moment.busyBefore);
      return { taken: moment.takes ? streamed(run, node, moment.taken) : [], given: beat.lanes.map(out) };
    }
    case "ConvolutionInputGenerator": {
      const buffer = lineBufferAt(folded, moment);
      return { taken: streamed(run, node, moment.taken), given: buffer.leaving.map(out) };
    }
    case "LabelSelect": {
      const state = labelStateAt(folded, (index) => valueOn(chain, node, index), moment);
      const { leaving } = state;
      const given = leaving ? ([[leaving.gone, leaving.best[leaving.gone]?.label ?? -1]] as const) : [];
      return { taken: state.entering.map(({ label }) => label), given };
    }
    default: {
      const { beats, lanes } = inputCut(folded);
      const first = (moment.busyBefore % beats) * lanes;
      const indices = Array.from({ length: lanes }, (_, lane) => first + lane);
      const given = indices.map((index) => {
        const input = valueOn(chain, node, index);
        if (folded.kind === "ChannelwiseOp") {
          return [index, input + folded.node.parameters.data[index % folded.node.channels]!] as const;
        }
        return [index, climb(folded.node.activation, index % folded.node.channels, input).value] as const;
      });
      return { taken: indices, given };
    }
  }
}

/** Positions of the values of a beat as the node before puts them out, whatever the width between. */
function streamed({ chain }: Run, node: number, beat: number): number[] {
  const { beats, lanes } = inputCut(chain.nodes[node]!);
  const before = chain.nodes[node - 1];
  return Array.from({ length: lanes }, (_, lane) => {
    const { nth } = inFrame({ beats, lanes }, beat * lanes + lane);
    return before ? outputIndex(before, nth) : nth;
  });
}

/** Every machine in every cycle; returns the outputs that the beats add up to, one per node. */
function walk(run: Run): IntegerArray[] {
  const { chain, outputs, trace, simulation } = run;
  const built = outputs.map((output) => output.map(() => 99));
  for (const [machine, { name }] of simulation.machines.entries()) {
    const node = chain.nodes.findIndex((folded) => folded.node.name === name);
    const folded = chain.nodes[node];
    if (!folded) continue;
    for (let cycle = 0; cycle < trace.bins; cycle++) {
      const moment = momentOf(trace, machine, cycle)!;
      if (moment.state !== "busy") {
        expect([moment.takes, moment.gives]).toEqual([false, false]);
        continue;
      }
      if (!moment.takes && !moment.gives) continue;
      const { taken, given } = look(run, node, moment);
      if (moment.takes) expect(taken).toEqual(streamed(run, node, moment.taken));
      if (!moment.gives) continue;
      const { lanes } = outputCut(folded);
      expect(given).toHaveLength(lanes);
      given.forEach(([index, value], lane) => {
        const { nth } = inFrame(outputCut(folded), moment.given * lanes + lane);
        expect(index).toBe(outputIndex(folded, nth));
        built[node]![index] = value;
      });
    }
  }
  return built;
}

function caseOf(one: EngineCase, seed: number, alone: boolean): FoldedCase {
  const graph = alone ? withStandaloneThresholds(one.graph) : one.graph;
  const random = new Random(seed);
  return { graph, config: randomFolding(graph, (values) => random.pick(values)), bytes: one.input };
}

test("all beats of a frame add up to the emulator's output of every node, whatever the folding", async () => {
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryCase, fc.nat(), fc.boolean(), async (one, seed, alone) => {
      const run = await runOf(caseOf(one, seed, alone));
      if (!run) return;
      expect(walk(run)).toEqual(run.outputs);
      walked++;
    }),
    { numRuns: 30, seed: 4 },
  );
  expect(walked).toBeGreaterThan(15);
});

test("a width converter puts out what was put in, in order, and no beat before its group is whole", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (input, output) => {
      const { group } = converterAt({ taken: 0, given: 0 }, input, output);
      expect(group % input).toBe(0);
      expect(group % output).toBe(0);
      for (let taken = 0; taken * input <= 2 * group; taken++) {
        for (let given = 0; given * output <= taken * input; given++) {
          const state = converterAt({ taken, given }, input, output);
          expect(state.held).toEqual({ first: given * output, end: taken * input });
          const whole = Math.floor(state.leaving.first / group + 1) * group <= taken * input;
          expect(state.isReady).toBe(whole);
        }
      }
    }),
  );
});

test("converters of a real stream are ready whenever the simulator gives a beat", async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryCase, fc.nat(), async (one, seed) => {
      const run = await runOf(caseOf(one, seed, false));
      for (const [machine, { kind, name }] of run?.simulation.machines.entries() ?? []) {
        if (!run || kind !== "StreamingDataWidthConverter") continue;
        const converter = run.folded.instances.find((instance) => instance.name === name);
        if (converter?.kind !== "StreamingDataWidthConverter") throw new Error(`${name} is not there`);
        for (let cycle = 0; cycle < run.trace.bins; cycle++) {
          const moment = momentOf(run.trace, machine, cycle)!;
          const state = converterAt(moment, converter.inputLanes, converter.outputLanes);
          if (moment.gives) expect(state.isReady).toBe(true);
          seen += moment.gives ? 1 : 0;
        }
      }
    }),
    { numRuns: 12, seed: 5 },
  );
  expect(seen).toBeGreaterThan(500);
});

test("every value of a window that goes out is held by the line buffer", async () => {
  let windows = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryCase, fc.nat(), async (one, seed) => {
      const run = await runOf(caseOf(one, seed, false), 2);
      for (const [node, folded] of run?.chain.nodes.entries() ?? []) {
        if (!run || folded.kind !== "ConvolutionInputGenerator") continue;
        const machine = run.simulation.machines.findIndex(({ name }) => name === folded.node.name);
        const { kernel, dilation } = folded.node;
        for (let cycle = 0; cycle < run.trace.bins; cycle++) {
          const moment = momentOf(run.trace, machine, cycle)!;
          if (!moment.gives) continue;
          const buffer = lineBufferAt(folded, moment);
          for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
            const row = buffer.corner.row + Math.floor(tap / kernel[1]) * dilation[0];
            const column = buffer.corner.column + (tap % kernel[1]) * dilation[1];
            expect([node, pixelState(folded, buffer, row, column)]).toEqual([node, "held"]);
          }
          windows++;
        }
      }
    }),
    { numRuns: 12, seed: 6 },
  );
  expect(windows).toBeGreaterThan(500);
});
