import type { Board } from "../../src/hardware/boards";
import type { Resources } from "../../src/hardware/model";
import { grouped } from "../output";
import { percent } from "./cycle-chart";

const rows: readonly (readonly [key: keyof Resources, label: string])[] = [
  ["lut", "LUT"],
  ["bram18", "BRAM18"],
  ["uram", "URAM"],
  ["dsp", "DSP"],
];

/** What a design takes: its nodes alone, as FINN's report has it, and with width converters and FIFOs. */
export interface Taken {
  readonly nodes: Resources;
  readonly all: Resources;
}

/** A table of what is taken against what the board has. */
export function resourceLines({ nodes, all }: Taken, { name, capacity }: Board): string[] {
  const line = (...[label, own, sum, has, share]: readonly [string, string, string, string, string]) =>
    `${label.padEnd(13)} ${own.padStart(9)} ${sum.padStart(23)} ${has.padStart(11)} ${share.padStart(9)}`;
  return [
    line("Resources", "nodes", "with FIFOs, converters", `${name} has`, "taken"),
    ...rows.map(([key, label]) => {
      const share = capacity[key] > 0 ? percent(all[key] / capacity[key]) : all[key] > 0 ? "none" : "-";
      return line(`  ${label}`, grouped(nodes[key]), grouped(all[key]), grouped(capacity[key]), share);
    }),
  ];
}

/**
 * The sentence for a board that can not hold it; null if it can. A search for a target rate changes
 * PE and SIMD alone, so after one it says where else there is room.
 */
export function overCapacity(
  { all }: Taken,
  { name, capacity }: Board,
  { foldedToTarget = false } = {},
): string | null {
  const over = rows.filter(([key]) => all[key] > capacity[key]);
  if (over.length === 0) return null;
  const needs = over.map(([key, label]) => `${grouped(all[key])} ${label} of ${grouped(capacity[key])}`);
  const sentence = `The ${name} can not hold it: it needs ${needs.join(" and ")}. The figures are estimates all the same.`;
  if (!foldedToTarget || over.every(([key]) => key === "dsp")) return sentence;
  const styles = capacity.uram > 0 ? "ultra or block" : "block";
  return `${sentence} The search for the target keeps memories as they are: --folding with ram_style ${styles} frees others.`;
}
