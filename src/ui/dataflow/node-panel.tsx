import type { StreamReport } from "../../simulator/result";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { Facts } from "../kit/facts";
import { formatInteger, formatShare } from "../kit/format";
import { nodeKinds } from "../pipeline/node-kinds";
import { beatsBefore, frameAt, type StateShares, sharesAt, soFar, stateOf } from "./model/machine-state";
import { type Moment, momentOf } from "./model/moment";
import type { Pipeline, PipelineMachine } from "./model/pipeline";
import { fillAt } from "./model/stream-fill";
import { useCycle } from "./use-cycle";
import { useChosenMachine } from "./use-pipeline";
import "./node-panel.css";

/** The machine under the user's eye, at the cycle shown. */
export function NodePanel({ pipeline }: { readonly pipeline: Pipeline }) {
  const machine = useChosenMachine(pipeline);
  const cycle = useCycle(150);
  const streaming = useAppState((state) => state.streaming);
  const fine = useAppState((state) => state.fineTrace);
  const selectNode = useAppState((state) => state.selectNode);
  const moment = streaming?.simulation === pipeline.simulation ? momentOf(streaming, fine, cycle) : null;
  const go = (by: number) => {
    const next = pipeline.machines[machine.index + by];
    if (next) selectNode(next.name);
  };
  return (
    <section className="node-panel" aria-labelledby="node-panel-heading" data-tour="node">
      <div className="node-panel__head">
        <h3 id="node-panel-heading">{machine.name}</h3>
        <ActionButton aria-label="The machine before" isDisabled={machine.index === 0} onPress={() => go(-1)}>
          ↑
        </ActionButton>
        <ActionButton
          aria-label="The machine behind"
          isDisabled={machine.index === pipeline.machines.length - 1}
          onPress={() => go(1)}
        >
          ↓
        </ActionButton>
      </div>
      <p className="node-panel__meaning">
        {pipeline.groups[machine.group]?.title}. {meaningOf(machine)}
      </p>
      <Facts
        facts={[
          ["Folding", foldingOf(machine)],
          ["Cycles a frame", machine.node && formatInteger(machine.node.cycles)],
          ...(moment ? momentFacts(moment, machine) : []),
          ["Takes from", streamWords(moment, machine.index - 1, machine.input)],
          ["Gives to", streamWords(moment, machine.index, machine.output)],
        ]}
      />
    </section>
  );
}

function momentFacts(moment: Moment, machine: PipelineMachine) {
  const shares = sharesAt(moment, machine);
  const cycles = moment.to - moment.from;
  const frame = frameAt(moment, machine);
  const done = beatsBefore(moment, machine) - frame * machine.beats;
  const spent = soFar(moment, machine);
  const taken = machine.input && moment.trace.streams[machine.index - 1]!.read[moment.at]!;
  const beat = (count: number, of: number) => `${formatInteger(count)} of ${formatInteger(of)}`;
  return [
    ["Now", cycles === 1 ? stateOf(shares) : `${stateOf(shares)} (${describe(shares)})`],
    ["Frame", formatInteger(frame + 1)],
    [
      "Beats in",
      machine.input && taken !== null
        ? beat(taken - Math.min(frame * machine.input.beats, taken), machine.input.beats)
        : null,
    ],
    ["Beats out", machine.output ? beat(done, machine.beats) : null],
    ["Frame so far", spent && describe(spent)],
  ] as const;
}

const describe = ({ busy, starved, blocked }: StateShares): string =>
  `${formatShare(busy)} busy, ${formatShare(starved)} starved, ${formatShare(blocked)} blocked`;

function streamWords(moment: Moment | null, index: number, stream: StreamReport | null): string | null {
  if (!stream) return null;
  const depth = formatInteger(stream.depth);
  const held = moment
    ? `holds ${formatInteger(fillAt(moment, index, stream.beats).held)} of ${depth} beats`
    : `${depth} deep`;
  const name = stream.isFifo ? stream.name : "a register";
  return `${name}: ${held}, at most ${formatInteger(stream.maxOccupancy)}`;
}

function foldingOf({ node, converter }: PipelineMachine): string | null {
  if (converter) return `${converter.input.bits} bit to ${converter.output.bits} bit a beat`;
  if (!node) return null;
  const { folding, input, output } = node;
  const axes = [
    "PE" in folding ? `PE ${folding.PE}` : null,
    "SIMD" in folding ? `SIMD ${folding.SIMD}` : null,
  ].filter((axis) => axis !== null);
  return [...axes, `${input.bits} bit in, ${output.bits} bit out a beat`].join(", ");
}

function meaningOf({ kind, input }: PipelineMachine): string {
  if (kind === "IODMA") return input ? "Writes the results to memory." : "Reads photos from memory.";
  if (kind === "StreamingDataWidthConverter") return "Cuts or joins beats between two widths.";
  return nodeKinds[kind].meaning;
}
