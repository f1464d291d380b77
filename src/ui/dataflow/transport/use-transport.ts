import { useCallback } from "react";
import { useAppState, useAppStore, useStreamingSession } from "../../app-context";
import type { Pipeline } from "../model/pipeline";
import { chosenMachine } from "../use-pipeline";
import { step } from "./step";

export type TransportAction =
  | "play"
  | "beat-on"
  | "beat-back"
  | "row-on"
  | "row-back"
  | "first-in"
  | "first-out"
  | "steady";

/** What a user does with time. Steps go by the beats of the chosen machine. */
export function useTransport(pipeline: Pipeline): { playing: boolean; act(action: TransportAction): void } {
  const store = useAppStore();
  const session = useStreamingSession();
  const playing = useAppState((state) => state.playing);
  const act = useCallback(
    (action: TransportAction) => {
      const { cycle, playing, node, setCycle, setPlaying } = store.getState();
      const { frames, steady, cycles } = pipeline.simulation;
      const move = (direction: 1 | -1, unit: "beat" | "row") => {
        setPlaying(false);
        void step(store, session, { machine: chosenMachine(pipeline, node), direction, unit });
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
    [store, session, pipeline],
  );
  return { playing, act };
}
