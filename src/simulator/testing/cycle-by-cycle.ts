import { mapShape } from "../../graph/dataflow";
import type { FoldedGraph } from "../../hardware/fold-graph";
import type { ConverterInstance, HardwareInstance, NodeInstance } from "../../hardware/instances";
import type { Folded } from "../../hardware/model";
import { foldedInput, foldedOutput } from "../../hardware/models";
import { type WindowSchedule, windowSchedule } from "../window-schedule";

/** What happened in every cycle, one entry a cycle. */
export interface CycleByCycle {
  readonly cycles: number;
  readonly machines: readonly { readonly name: string; readonly states: readonly State[] }[];
  readonly streams: readonly StreamLog[];
}

export interface StreamLog {
  /** Was a beat put in, taken out? */
  readonly written: readonly boolean[];
  readonly read: readonly boolean[];
  readonly maxOccupancy: number;
}

export type State = "busy" | "starved" | "blocked";

/**
 * The pipeline cycle by cycle, told as hardware: in each cycle every machine looks at its FIFOs and
 * decides. Slow and plain, and of another kind than the simulator that it checks, which computes
 * cycles from cycles.
 */
export function cycleByCycle(folded: FoldedGraph, frames: number): CycleByCycle {
  const blocks: (NodeInstance | ConverterInstance)[] = [];
  const depths = new Map<number, number>();
  for (const instance of folded.instances) {
    if (instance.kind === "StreamingFIFO") {
      depths.set(blocks.length, instance.folding.depth);
    } else blocks.push(instance);
  }
  const wires = Array.from({ length: blocks.length + 1 }, (_, edge) => {
    const deep = depths.get(edge) ?? 0;
    return deep > 0 ? new Fifo(deep) : new Register();
  });
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (!first || !last) throw new Error("a pipeline has nodes");
  const machines: { name: string; machine: CycleMachine }[] = [
    { name: "idma0", machine: new Steps(() => giving(beatsOf(first, "in")), frames) },
    ...blocks.map((block) => ({ name: block.name, machine: machineOf(block, frames) })),
    { name: "odma0", machine: new Steps(() => taking(beatsOf(last, "out")), frames) },
  ];
  const states = machines.map((): State[] => []);
  let cycles = 0;
  for (let quiet = 0; machines.some(({ machine }) => !machine.done); cycles++) {
    let moved = false;
    // From the last to the first: a register takes a beat in the cycle in which the one before leaves.
    for (let i = machines.length - 1; i >= 0; i--) {
      const state = machines[i]?.machine.clock(wires[i - 1] ?? null, wires[i] ?? null, cycles) ?? "starved";
      states[i]?.push(state);
      if (state === "busy") moved = true;
    }
    for (const wire of wires) wire.clock();
    quiet = moved ? 0 : quiet + 1;
    if (quiet > 2) throw new Error(`nothing moves any more in cycle ${cycles}`);
  }
  return {
    cycles,
    machines: machines.map(({ name }, i) => ({ name, states: states[i] ?? [] })),
    streams: wires,
  };
}

/** What a machine sees of a stream. */
abstract class Wire implements StreamLog {
  readonly written: boolean[] = [];
  readonly read: boolean[] = [];
  maxOccupancy = 0;
  /** Beats in it at the start of the cycle, and what happens in the cycle. */
  protected held = 0;
  protected put = false;
  protected taken = false;

  abstract hasRoom(): boolean;
  /** Beats that need a place in this cycle. */
  protected abstract places(): number;

  hasBeat(): boolean {
    return this.held > 0;
  }

  write(): void {
    if (!this.hasRoom() || this.put) throw new Error("no room");
    this.put = true;
  }

  take(): void {
    if (!this.hasBeat() || this.taken) throw new Error("no beat");
    this.taken = true;
  }

  clock(): void {
    this.maxOccupancy = Math.max(this.maxOccupancy, this.places());
    this.written.push(this.put);
    this.read.push(this.taken);
    this.held += Number(this.put) - Number(this.taken);
    this.put = false;
    this.taken = false;
  }
}

class Fifo extends Wire {
  constructor(private readonly depth: number) {
    super();
  }

  hasRoom(): boolean {
    return this.held < this.depth;
  }

  protected places(): number {
    return this.held + Number(this.put);
  }
}

class Register extends Wire {
  hasRoom(): boolean {
    return this.held === 0 || this.taken;
  }

  protected places(): number {
    return this.held + Number(this.put) - Number(this.taken);
  }
}

interface CycleMachine {
  readonly done: boolean;
  /** One cycle: what it did. */
  clock(input: Wire | null, output: Wire | null, cycle: number): State;
}

/** One turn of a pipelined loop. */
interface Step {
  readonly takes: boolean;
  readonly gives: boolean;
}

/** A loop with a turn a cycle, that stops as a whole when a beat or room is missing. */
class Steps implements CycleMachine {
  #frame: Iterator<Step>;
  #step: Step | null;

  constructor(
    private readonly frame: () => Iterator<Step>,
    private frames: number,
  ) {
    this.#frame = frame();
    this.#step = this.#next();
  }

  get done(): boolean {
    return this.#step === null;
  }

  clock(input: Wire | null, output: Wire | null): State {
    if (this.#step === null) return "starved";
    const { takes, gives } = this.#step;
    if (takes && !input?.hasBeat()) return "starved";
    if (gives && !output?.hasRoom()) return "blocked";
    if (takes) input?.take();
    if (gives) output?.write();
    this.#step = this.#next();
    return "busy";
  }

  #next(): Step | null {
    while (this.frames > 0) {
      const next = this.#frame.next();
      if (!next.done) return next.value;
      this.frames--;
      this.#frame = this.frame();
    }
    return null;
  }
}

function* giving(beats: number): Generator<Step> {
  for (let i = 0; i < beats; i++) yield { takes: false, gives: true };
}

function* taking(beats: number): Generator<Step> {
  for (let i = 0; i < beats; i++) yield { takes: true, gives: false };
}

function* passing(beats: number): Generator<Step> {
  for (let i = 0; i < beats; i++) yield { takes: true, gives: true };
}

function* padding({ node, folding }: Folded<"FMPadding">): Generator<Step> {
  const { height, width, channels } = mapShape(node.output);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside =
        y >= node.pad.top && y < height - node.pad.bottom && x >= node.pad.left && x < width - node.pad.right;
      for (let c = 0; c < channels; c += folding.SIMD) yield { takes: inside, gives: true };
    }
  }
}

function* matrixVector({ node, folding }: Folded<"MVAU">): Generator<Step> {
  const { height, width } = mapShape(node.output);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let neuron = 0; neuron < node.mh; neuron += folding.PE) {
      for (let synapse = 0; synapse < node.mw; synapse += folding.SIMD) {
        yield { takes: neuron === 0, gives: synapse + folding.SIMD >= node.mw };
      }
    }
  }
}

function* reducing(outputs: number, inputs: number): Generator<Step> {
  for (let i = 1; i <= outputs * inputs; i++) yield { takes: true, gives: i % inputs === 0 };
}

/** Collects beats, and puts others out meanwhile. */
class Groups implements CycleMachine {
  #collected = 0;
  #toGive = 0;

  constructor(
    private readonly taken: number,
    private readonly given: number,
    private groupsToTake: number,
  ) {}

  get done(): boolean {
    return this.groupsToTake === 0 && this.#toGive === 0;
  }

  clock(input: Wire, output: Wire): State {
    const pending = this.#toGive > 0;
    const gives = pending && output.hasRoom();
    if (gives) {
      output.write();
      this.#toGive--;
    }
    const fits = this.#collected < this.taken - 1 || this.#toGive === 0;
    const takes = this.groupsToTake > 0 && fits && input.hasBeat();
    if (takes) {
      input.take();
      this.#collected++;
      if (this.#collected === this.taken) {
        this.#collected = 0;
        this.#toGive = this.given;
        this.groupsToTake--;
      }
    }
    if (gives || takes) return "busy";
    return pending ? "blocked" : "starved";
  }
}

/** A line buffer: a writer that may overwrite what no window needs, and a reader. */
class LineBuffer implements CycleMachine {
  /** Words over all frames, written at the start of the cycle. */
  #words = 0;
  /** Windows beats over all frames that have gone. */
  #beats = 0;
  #lastWordAt = Number.NEGATIVE_INFINITY;
  #lastBeatAt = Number.NEGATIVE_INFINITY;
  #stepBeganAt = Number.NEGATIVE_INFINITY;
  /** Steps over all frames that have begun. */
  #stepsBegun = 0;

  constructor(
    private readonly schedule: WindowSchedule,
    private readonly frames: number,
  ) {}

  get done(): boolean {
    return this.#words === this.frames * this.schedule.words && this.#beatsLeft === 0;
  }

  clock(input: Wire, output: Wire, cycle: number): State {
    const reader = this.#reader(cycle);
    const gives = reader === "ready" && output.hasRoom();
    if (gives) {
      output.write();
      if (this.#beats % this.#stepBeats === 0) {
        this.#stepsBegun++;
        this.#stepBeganAt = cycle;
      }
      this.#beats++;
      this.#lastBeatAt = cycle;
    }
    const recovers = this.#recovers(cycle);
    const takes = !recovers && this.#hasPlace() && input.hasBeat();
    if (takes) {
      input.take();
      this.#words++;
      this.#lastWordAt = cycle;
    }
    if (gives || takes || reader === "paced") return "busy";
    if (reader === "ready") return "blocked";
    return recovers ? "busy" : "starved";
  }

  get #stepBeats(): number {
    return this.schedule.windowsAStep * this.schedule.beatsAWindow;
  }

  get #frameBeats(): number {
    return this.schedule.steps * this.#stepBeats;
  }

  get #beatsLeft(): number {
    return this.frames * this.#frameBeats - this.#beats;
  }

  /** May the next beat go, as far as the buffer is concerned? */
  #reader(cycle: number): "ready" | "paced" | "waits" {
    if (this.#beatsLeft === 0) return "waits";
    const { words, beatsAWindow, windowsAStep, stepCycles, needs } = this.schedule;
    if (this.#beats % beatsAWindow !== 0) return "ready";
    const window = Math.floor((this.#beats % this.#frameBeats) / beatsAWindow);
    const step = Math.floor(window / windowsAStep);
    const word = this.#frameOut * words + needs(step, window % windowsAStep);
    if (word >= this.#words) return "waits";
    const begins = window % windowsAStep === 0 && step > 0;
    return begins && cycle < this.#stepBeganAt + stepCycles ? "paced" : "ready";
  }

  get #frameOut(): number {
    return Math.floor(this.#beats / this.#frameBeats);
  }

  /** Is the next word the first of a frame, and too early? */
  #recovers(cycle: number): boolean {
    const { words, steps, overlapsFrames, lastStepCycles, afterLastWord } = this.schedule;
    const frame = Math.floor(this.#words / words);
    if (this.#words % words !== 0 || frame === 0 || frame === this.frames) return false;
    if (this.#stepsBegun < frame * steps) return true;
    if (!overlapsFrames && (this.#frameOut < frame || cycle <= this.#lastBeatAt)) return true;
    return cycle < Math.max(this.#stepBeganAt + lastStepCycles, this.#lastWordAt + afterLastWord);
  }

  /** Is there a place for the next word? */
  #hasPlace(): boolean {
    const { words, steps, needs } = this.schedule;
    const frame = Math.floor(this.#words / words);
    if (frame === this.frames) return false;
    const begun = this.#stepsBegun - frame * steps;
    if (begun === steps) return true;
    return begun >= 0 && this.#words % words <= needs(begun, 0);
  }
}

function machineOf(block: NodeInstance | ConverterInstance, frames: number): CycleMachine {
  if (block.kind === "StreamingDataWidthConverter") {
    const { inputBeats, outputBeats, inputLanes, outputLanes } = block;
    // The smallest group that is whole beats on both sides.
    let taken = 1;
    while ((taken * inputLanes) % outputLanes !== 0) taken++;
    const groups = inputBeats / taken;
    return new Groups(taken, outputBeats / groups, groups * frames);
  }
  const { folded } = block;
  const [into, out] = [beatsOf(block, "in"), beatsOf(block, "out")];
  switch (folded.kind) {
    case "FMPadding":
      return new Steps(() => padding(folded), frames);
    case "ConvolutionInputGenerator":
      return new LineBuffer(windowSchedule(folded), frames);
    case "MVAU":
      return new Steps(() => matrixVector(folded), frames);
    case "VVAU":
    case "Pool":
      return new Steps(() => reducing(out, into / out), frames);
    case "Thresholding":
    case "ChannelwiseOp":
      return new Steps(() => passing(into), frames);
    case "LabelSelect":
      return new Groups(into, out, frames);
  }
}

function beatsOf(block: Exclude<HardwareInstance, { kind: "StreamingFIFO" }>, side: "in" | "out"): number {
  if (block.kind !== "node") return side === "in" ? block.inputBeats : block.outputBeats;
  const shape = side === "in" ? foldedInput(block.folded) : foldedOutput(block.folded);
  return shape.slice(0, -1).reduce((product, size) => product * size, 1);
}
