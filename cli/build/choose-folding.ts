import type { DataflowGraph } from "../../src/graph/dataflow";
import { nullOn } from "../../src/graph/errors";
import type { Board } from "../../src/hardware/boards";
import { type FoldedGraph, foldGraph } from "../../src/hardware/fold-graph";
import { type FoldToTarget, foldToTarget } from "../../src/hardware/fold-to-target";
import { emptyFolding, type FoldingConfig } from "../../src/hardware/folding-config";
import { readFoldingFile } from "../../src/hardware/folding-file";
import type { Widths } from "../../src/hardware/hardware-types";
import { mobilenetFoldings } from "../../src/hardware/presets";
import { aboutFile } from "../about-file";
import { grouped, rate } from "../output";
import { readNamedText } from "../read-file";

export interface FoldingWish {
  readonly board: Board;
  readonly clockNs: number;
  readonly widths: Widths;
  /** A folding file. */
  readonly file?: string | undefined;
  readonly targetFps?: number | undefined;
}

export interface ChosenFolding {
  readonly config: FoldingConfig;
  readonly folded: FoldedGraph;
  readonly from: "preset" | "file" | "target" | "smallest";
  /** Which folding it is and why, in words for people. */
  readonly why: string;
  /** A sentence if there is no folding as fast as was asked for. */
  readonly missed: string | null;
}

/**
 * The folding that a network is built with: the cheapest that reaches the target, if one is given;
 * else the file's; else FINN's own of its MobileNet for the board, if the network is that one; else
 * the smallest. Throws `bad-input`, naming the file, for a folding that does not fit the network.
 */
export async function chooseFolding(graph: DataflowGraph, wish: FoldingWish): Promise<ChosenFolding> {
  const { board, file, targetFps, widths } = wish;
  const base = file === undefined ? emptyFolding : await readFolding(file, graph, widths);
  if (targetFps !== undefined) return foldedToTarget(graph, base, targetFps, wish);
  if (file !== undefined) {
    const folded = foldGraph(graph, base, { widths });
    return { config: base, folded, from: "file", why: file, missed: null };
  }
  const preset = mobilenetFoldings[board.name]();
  const network = `FINN's folding of MobileNet-v1 w4a4 for the ${board.name}`;
  try {
    const folded = foldGraph(graph, preset, { widths });
    return { config: preset, folded, from: "preset", why: network, missed: null };
  } catch (error) {
    nullOn("bad-input")(error);
    const folded = foldGraph(graph, emptyFolding, { widths });
    const why = `PE and SIMD 1 everywhere, because ${network} is for another network`;
    return { config: emptyFolding, folded, from: "smallest", why, missed: null };
  }
}

async function readFolding(file: string, graph: DataflowGraph, widths: Widths): Promise<FoldingConfig> {
  const text = await readNamedText(file);
  try {
    const config = readFoldingFile(text);
    foldGraph(graph, config, { widths });
    return config;
  } catch (error) {
    return aboutFile(file)(error);
  }
}

function foldedToTarget(
  graph: DataflowGraph,
  base: FoldingConfig,
  fps: number,
  { board, clockNs, widths, file }: FoldingWish,
): ChosenFolding {
  const found = foldToTarget(graph, { fps, clockNs }, { base, board, widths });
  const folded = foldGraph(graph, found.config, { widths });
  const others = file === undefined ? "" : `, other attributes from ${file}`;
  const target = `${rate(fps)} at ${clockNs} ns`;
  const why = found.reached
    ? `the cheapest whose nodes reach ${target}${others}`
    : `the fastest there is${others}, short of ${target}`;
  return { config: found.config, folded, from: "target", why, missed: missedSentence(found, target) };
}

function missedSentence({ fps, stoppedBy }: FoldToTarget, target: string): string | null {
  if (!stoppedBy) return null;
  const { name, cycles, reason } = stoppedBy;
  return `No folding reaches ${target}; the fastest makes ${rate(fps)}. ${name} needs ${grouped(cycles)} cycles a frame at least. ${reason}`;
}
