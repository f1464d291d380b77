import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { bottleneckSentence } from "./model/bottleneck-sentence";
import type { Pipeline } from "./model/pipeline";

/** What limits the rate of frames, in one sentence, with the way to that machine. */
export function BottleneckNote({ pipeline }: { readonly pipeline: Pipeline }) {
  const isFinal = useAppState((state) => state.simulating === null);
  const selectNode = useAppState((state) => state.selectNode);
  const machine = pipeline.simulation.steady?.bottleneck.machine;
  return (
    <div className="dataflow__bottleneck">
      <p role="status" aria-label="Bottleneck" data-tour="bottleneck">
        {bottleneckSentence(pipeline, isFinal)}
      </p>
      {machine && <ActionButton onPress={() => selectNode(machine)}>Show it</ActionButton>}
    </div>
  );
}
