import packageJson from "../../package.json" with { type: "json" };
import type { Board } from "../../src/hardware/boards";
import type { Widths } from "../../src/hardware/hardware-types";
import type { Resources } from "../../src/hardware/model";
import { estimateLayerCycles } from "../../src/hardware/reports/layer-cycles";
import {
  estimateNetworkPerformance,
  type NetworkPerformanceReport,
} from "../../src/hardware/reports/network-performance";
import type { Model } from "../read-model";
import type { Taken } from "./capacity";
import type { ChosenFolding } from "./choose-folding";
import type { SimulatedPerformance } from "./simulated-performance";

/** All of a build in one object: what `--json` prints, and `streamscope_build.json` keeps. */
export interface BuildRecord {
  /** What made it, such as `streamscope 0.1.0`. */
  readonly made_by: string;
  readonly network: {
    readonly name: string;
    readonly nodes: number;
    /** Of the ONNX file; null if a package does not say. */
    readonly source_sha256: string | null;
    readonly notes: readonly string[];
  };
  readonly board: Pick<Board, "name" | "part">;
  readonly clock_ns: number;
  readonly widths: Widths;
  readonly folding: Pick<ChosenFolding, "from" | "why" | "missed">;
  readonly estimated: NetworkPerformanceReport;
  /** Null if it was not simulated. */
  readonly simulated: SimulatedPerformance | null;
  /** Cycles a frame by node. */
  readonly cycles: Readonly<Record<string, number>>;
  readonly resources: Taken & { readonly capacity: Resources; readonly fits: boolean };
  /** What is not as it was asked for, in sentences. */
  readonly warnings: readonly string[];
}

/** What a build was made of and came to. */
export interface BuildParts {
  readonly model: Model;
  readonly board: Board;
  readonly clockNs: number;
  readonly widths: Widths;
  readonly folding: ChosenFolding;
  readonly simulated: SimulatedPerformance | null;
  readonly taken: Taken;
  readonly fits: boolean;
  readonly warnings: readonly string[];
}

export function buildRecord(parts: BuildParts): BuildRecord {
  const { model, board, clockNs, widths, folding, simulated, taken, fits, warnings } = parts;
  const { folded, from, why, missed } = folding;
  return {
    made_by: `streamscope ${packageJson.version}`,
    network: {
      name: folded.name,
      nodes: folded.nodes.length,
      source_sha256: model.sourceSha256,
      notes: model.notes,
    },
    board: { name: board.name, part: board.part },
    clock_ns: clockNs,
    widths,
    folding: { from, why, missed },
    estimated: estimateNetworkPerformance(folded, clockNs),
    simulated,
    cycles: estimateLayerCycles(folded),
    resources: { ...taken, capacity: board.capacity, fits },
    warnings,
  };
}
