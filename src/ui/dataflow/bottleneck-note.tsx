import type { FoldingReport } from "../../hardware/folding-report";
import { useAppState } from "../app-context";
import { describeBottleneck } from "../folding/bottleneck";
import { ActionButton } from "../kit/action-button";
import { bottleneckSentence } from "./model/bottleneck-sentence";
import type { Pipeline } from "./model/pipeline";

interface BottleneckNoteProps {
  /** Of the design in use. */
  readonly report: FoldingReport;
  /** Its simulation; null until there is one. */
  readonly pipeline: Pipeline | null;
}

/**
 * What limits the rate of frames, in one sentence, with the way to that machine. Before the simulation can tell, it is
 * what the cycles by the formulas say.
 */
export function BottleneckNote({ report, pipeline }: BottleneckNoteProps) {
  const isFinal = useAppState((state) => state.simulating === null);
  const selectNode = useAppState((state) => state.selectNode);
  const { steady, deadlock } = pipeline?.simulation ?? {};
  const machine = steady?.bottleneck.machine;
  const isKnown = steady || deadlock || (pipeline && isFinal);
  return (
    <div className="dataflow__bottleneck">
      <p role="status" aria-label="Bottleneck" data-tour="bottleneck">
        {!isKnown && `By estimate ${describeBottleneck(report)} `}
        {pipeline && bottleneckSentence(pipeline, isFinal)}
      </p>
      {machine && <ActionButton onPress={() => selectNode(machine)}>Show it</ActionButton>}
    </div>
  );
}
