import { useKeys } from "../../kit/keys/use-keys";
import type { Pipeline, PipelineMachine } from "../model/pipeline";
import { useTransport } from "./use-transport";

/** Time by keys, in all of the view; steps go by the machine, or else the chosen one. */
export function useTransportKeys(pipeline: Pipeline, machine?: PipelineMachine): void {
  const { act } = useTransport(pipeline, machine);
  useKeys(
    [
      { keys: "Space", does: "Play or pause", action: () => act("play") },
      {
        keys: ".",
        does: "On to the chosen machine’s next beat",
        action: () => act("beat-on"),
        repeats: true,
      },
      { keys: ",", does: "Back to its beat before", action: () => act("beat-back"), repeats: true },
      { keys: ">", does: "On by a row of its feature map", action: () => act("row-on"), repeats: true },
      { keys: "<", does: "Back by a row", action: () => act("row-back"), repeats: true },
      { keys: "I", does: "Jump to the first pixel in", action: () => act("first-in") },
      { keys: "O", does: "Jump to the first result out", action: () => act("first-out") },
      { keys: "S", does: "Jump to the steady state", action: () => act("steady") },
    ],
    "Dataflow",
  );
}
