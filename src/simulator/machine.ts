import type { Ledger } from "./ledger";
import type { Stream } from "./stream";

/** What a machine needs before it can go on. */
export interface Need {
  readonly what: "beat" | "room";
  readonly stream: Stream;
}

/**
 * Something that takes beats and gives beats. When it does so follows from when its streams can, and
 * from nothing else: so machines may be simulated one after the other, each as far as its streams
 * are known, in any order, and always with the same result.
 */
export interface Machine {
  readonly name: string;
  readonly inputs: readonly Stream[];
  readonly outputs: readonly Stream[];
  readonly ledger: Ledger;
  /** Cycles it needs for a frame at least: so many when it never waits. */
  readonly frameCycles: number;
  /** Frames it may work on. */
  frames: number;
  /** Goes on as far as its streams are known. Did anything move? */
  advance(): boolean;
  /** What keeps it from going on; nothing when it has done its frames. */
  needs(): Need[];
  /** Nothing will move any more: brings the ledger up to date. */
  settle(): void;
}
