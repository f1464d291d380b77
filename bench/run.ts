// `npm run bench`: speed beside peers, in one browser session. On the GPU if there is one.
import { cpus } from "node:os";
import { chromium } from "playwright-core";
import { build, createServer } from "vite";
import { chromiumLaunchOptions } from "../tools/chromium.mjs";
import type { MeasuredSimulator } from "./measure-simulator";
import type { Bench, Measured } from "./page";
import { type Smoothness, smoothness } from "./smoothness";
import { spread } from "./statistics";
import { firstAndSecondVisit } from "./wire";

declare const streamscopeBench: Bench;

const rounds = Number(process.argv[2] ?? 7);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("Usage: npm run bench [-- ROUNDS]");
  process.exit(2);
}

/** Threads need a cross-origin isolated page. */
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const server = await createServer({
  server: { port: 0, headers: isolated, hmr: false },
  // Named, so that the server need not find them late and reload the page.
  optimizeDeps: { entries: ["bench/page.ts", "bench/contender.worker.ts", "bench/simulator.worker.ts"] },
  logLevel: "error",
});
await server.listen();
const { args, ...launchOptions } = chromiumLaunchOptions();
// Memory is measured when asked for, not at the next garbage collection.
const eagerMemory = "--enable-blink-features=ForceEagerMeasureMemory";
const browser = await chromium.launch({ ...launchOptions, args: [...args, eagerMemory] });
try {
  const page = await browser.newPage();
  page.on("console", (message) => message.type() === "log" && console.error(message.text()));
  await page.goto(new URL("bench/", server.resolvedUrls?.local[0]).href);
  const machine = await page.evaluate(() => streamscopeBench.machine());
  const measured = await page.evaluate(
    (n) => streamscopeBench.measure(n, (line) => console.log(line)),
    rounds,
  );
  const simulated = await page.evaluate(
    (n) => streamscopeBench.measureSimulator(n, (line) => console.log(line)),
    rounds,
  );
  await page.close();
  await build({ logLevel: "error" });
  const { first, second } = await firstAndSecondVisit(browser);
  const smooth = await smoothness(browser);

  console.log(`\nadapter   ${machine.adapter}`);
  console.log(`browser   ${machine.userAgent}`);
  console.log(`CPU       ${cpus()[0]?.model ?? "unknown"}, ${machine.cores} cores`);
  console.log(`frames    ${rounds} each, taking turns, warm, batch 1, bytes in to logits out\n`);
  printTable(measured);
  printSimulator(simulated);
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  console.log(
    `\nfirst visit   ${kilobytes(first.bytes)} over the wire (text compressed, as static hosts do), result after ${first.timeMs.toFixed(0)} ms`,
  );
  console.log(
    `second visit  ${kilobytes(second.bytes)} over the wire, result after ${second.timeMs.toFixed(0)} ms`,
  );
  printSmoothness(smooth);
} finally {
  await browser.close();
  await server.close();
}

function printTable(measured: readonly Measured[]): void {
  const ours = measured.find(({ kind }) => kind === "streamscope-webgpu");
  const base = ours?.frames.length ? spread(ours.frames).median : null;
  const row = (...cells: string[]) =>
    console.log(cells.map((cell, i) => (i ? cell.padStart(11) : cell.padEnd(20))).join(" "));
  row("", "median ms", "quartiles", "min", "max", "ratio");
  for (const { kind, label, frames } of measured) {
    if (frames.length === 0) {
      console.log(`${kind.padEnd(20)} ${label}`);
      continue;
    }
    const { median, quartiles, min, max } = spread(frames);
    const quartileText = quartiles.map((q) => q.toFixed(0)).join("-");
    const ratio = base ? `${(median / base).toFixed(2)}x` : "";
    row(kind, median.toFixed(1), quartileText, min.toFixed(1), max.toFixed(1), ratio);
    console.log(`    ${label}`);
  }
  console.log("ratio: time against streamscope-webgpu; more than 1 is slower");
}

function printSimulator(simulated: readonly MeasuredSimulator[]): void {
  console.log(
    `\nsimulator of the U250's pipeline, every beat, trace with it, in one worker, ${rounds} runs each; no peer to compare with`,
  );
  const millions = (count: number) => (count / 1e6).toFixed(1);
  for (const { frames, times, run, peakBytes } of simulated) {
    const { median, min, max } = spread(times);
    const rate = millions((run.moves / median) * 1000);
    const memory = peakBytes === null ? "not measured" : `${millions(peakBytes)} MB at most`;
    console.log(
      `${`${frames} frame${frames > 1 ? "s" : ""}`.padEnd(20)} ${median.toFixed(0)} ms (${min.toFixed(0)}-${max.toFixed(0)}), ${run.cycles} cycles, ${rate} million beats in or out a second`,
    );
    console.log(`    worker's memory ${memory}, of it trace ${millions(run.traceBytes)} MB`);
  }
}

function printSmoothness(smooth: readonly Smoothness[]): void {
  console.log("\nviews at 1440 x 900: tasks of the main thread over 50 ms");
  for (const { doing, longTasks, framesPerSecond } of smooth) {
    const longest = longTasks.length > 0 ? `, the longest ${Math.max(...longTasks).toFixed(0)} ms` : "";
    console.log(
      `${doing.padEnd(42)} ${longTasks.length}${longest}; ${framesPerSecond.toFixed(0)} frames a second`,
    );
  }
}
