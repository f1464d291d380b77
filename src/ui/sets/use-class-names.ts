import { useAppState } from "../app-context";
import type { RunSnapshot } from "./run/run-snapshot";

/** Names of the run's classes by index; null if its model is not the one in use, or names none. */
export function useClassNames({ header }: RunSnapshot): readonly string[] | null {
  return useAppState(({ lastModel }) =>
    lastModel?.checksum === header.model.checksum ? lastModel.labels : null,
  );
}
