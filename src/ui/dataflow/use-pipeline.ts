import { useMemo } from "react";
import { useAppState } from "../app-context";
import { type Pipeline, type PipelineMachine, pipelineOf } from "./model/pipeline";

/** The simulated accelerator; null until there is one. */
export function usePipeline(): Pipeline | null {
  const streaming = useAppState((state) => state.streaming);
  return useMemo(() => streaming && pipelineOf(streaming.design, streaming.simulation), [streaming]);
}

/** The machine under the user's eye: the selected one, or else the bottleneck, or the first node. */
export function useChosenMachine(pipeline: Pipeline): PipelineMachine {
  const selected = useAppState((state) => state.node);
  return chosenMachine(pipeline, selected);
}

export function chosenMachine({ machines, simulation }: Pipeline, selected: string | null): PipelineMachine {
  const named = (name: string | null | undefined) => machines.find((machine) => machine.name === name);
  // A pipeline has at least the two DMAs and a node between.
  return named(selected) ?? named(simulation.steady?.bottleneck.machine) ?? machines[1]!;
}
