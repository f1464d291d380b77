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

/** The sentence for a board that can not hold it; null if it can. */
export function overCapacity({ all }: Taken, { name, capacity }: Board): string | null {
  const over = rows.filter(([key]) => all[key] > capacity[key]);
  if (over.length === 0) return null;
  const needs = over.map(([key, label]) => `${grouped(all[key])} ${label} of ${grouped(capacity[key])}`);
  return `The ${name} can not hold it: it needs ${needs.join(" and ")}. The figures are estimates all the same.`;
}
