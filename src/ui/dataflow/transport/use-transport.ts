import { useCallback } from "react";
import { useAppState, useAppStore } from "../../app-context";
import type { Pipeline, PipelineMachine } from "../model/pipeline";
import { chosenMachine } from "../use-pipeline";
import { step } from "./step";
import { useSeeker } from "./use-seeker";

export type TransportAction =
  | "play"
  | "beat-on"
  | "beat-back"
  | "row-on"
  | "row-back"
  | "first-in"
  | "first-out"
  | "steady";

/** What a user does with time. Steps go by the beats of `machine`, or else of the chosen one. */
export function useTransport(
  pipeline: Pipeline,
  machine?: PipelineMachine,
): { playing: boolean; act(action: TransportAction): void } {
  const store = useAppStore();
  const seeker = useSeeker();
  const playing = useAppState((state) => state.playing);
  const act = useCallback(
    (action: TransportAction) => {
      const { cycle, playing, node, setCycle, setPlaying } = store.getState();
      const { frames, steady, cycles } = pipeline.simulation;
      const move = (direction: 1 | -1, unit: "beat" | "row") => {
        setPlaying(false);
        void step(seeker, { machine: machine ?? chosenMachine(pipeline, node), direction, unit });
      };
      const jump = (to: number | undefined) => {
        setPlaying(false);
        if (to !== undefined) setCycle(to);
      };
      switch (action) {
        case "play":
          if (!playing && cycle >= cycles - 1) setCycle(0);
          return setPlaying(!playing);
        case "beat-on":
          return move(1, "beat");
        case "beat-back":
          return move(-1, "beat");
        case "row-on":
          return move(1, "row");
        case "row-back":
          return move(-1, "row");
        case "first-in":
          return jump(frames[0]?.firstIn ?? 0);
        case "first-out":
          return jump(frames[0]?.lastOut);
        case "steady":
          return jump(steady ? frames[steady.fromFrame]?.firstIn : undefined);
      }
    },
    [store, seeker, pipeline, machine],
  );
  return { playing, act };
}
