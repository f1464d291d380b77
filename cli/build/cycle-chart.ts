import { grouped, type Screen } from "../output";

export interface ChartRow {
  readonly name: string;
  readonly cycles: number;
}

const shortestBar = 8;
/** A cell of the terminal filled by 1 to 8 eighths from the left. */
const eighths = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/**
 * A bar chart of cycles a frame, a node a row in stream order: name, cycles, how much of the frame's
 * time it is busy if the slowest sets the pace, bar. The slowest, on a tie the first, is marked.
 */
export function cycleChart(rows: readonly ChartRow[], { columns, rich }: Screen): string[] {
  const most = Math.max(1, ...rows.map(({ cycles }) => cycles));
  const slowest = rows.findIndex(({ cycles }) => cycles === most);
  const nameWidth = Math.max("node".length, ...rows.map(({ name }) => name.length));
  const cyclesWidth = Math.max("cycles".length, grouped(most).length);
  const line = (mark: string, name: string, cycles: string, busy: string) =>
    `${mark} ${name.padEnd(nameWidth)} ${cycles.padStart(cyclesWidth)} ${busy.padStart(7)} `;
  const head = line(" ", "node", "cycles", "busy");
  const barWidth = Math.max(shortestBar, columns - head.length);
  const lines = rows.map(({ name, cycles }, i) => {
    const share = cycles / most;
    const columnsBefore = line(i === slowest ? ">" : " ", name, grouped(cycles), percent(share));
    const text = (columnsBefore + (rich ? blockBar : plainBar)(share, barWidth)).trimEnd();
    return rich && i === slowest ? yellow(text) : text;
  });
  return [`${head}> bottleneck`, ...lines];
}

/** Rounded down, so that only what is full is said to be 100.0 %. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function plainBar(share: number, width: number): string {
  return "#".repeat(Math.round(share * width));
}

function blockBar(share: number, width: number): string {
  const filled = Math.round(share * width * 8);
  return "█".repeat(Math.floor(filled / 8)) + (eighths[(filled % 8) - 1] ?? "");
}

const yellow = (text: string): string => `\x1b[33m${text}\x1b[39m`;
