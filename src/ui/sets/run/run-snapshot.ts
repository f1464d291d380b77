import type { Tally } from "../model/tally";
import type { FileRecord } from "./record";
import type { RunHeader } from "./run-header";
import type { EndpointState } from "./share-work";

/** How far a run is, as the page shows it. */
export interface RunSnapshot {
  readonly header: RunHeader;
  readonly phase: "running" | "paused" | "done" | "stopped";
  /** Why it was paused by itself: a sentence; null if it was not. */
  readonly halt: string | null;
  /** Is the folder at hand? After a reload it must be had again first. */
  readonly hasFolder: boolean;
  readonly tally: Tally;
  /** Images a second, as measured; null while there is nothing to measure. */
  readonly perSecond: number | null;
  readonly endpoints: readonly EndpointState[];
  /** Are the results written to the browser's store? If not they last as long as the page. */
  readonly isKept: boolean;
  /** By path. The same map each time: a new snapshot is what tells of a change. */
  readonly records: ReadonlyMap<string, FileRecord>;
}
