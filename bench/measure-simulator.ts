import * as Comlink from "comlink";
import type { SimulatorApi, SimulatorRun } from "./simulator.worker";

export interface MeasuredSimulator {
  readonly frames: number;
  /** Milliseconds of each run. */
  readonly times: readonly number[];
  readonly run: SimulatorRun;
  /**
   * The most bytes that the worker used in any sample while it ran: JavaScript heap and typed arrays,
   * network and code included. Null where the browser does not say.
   */
  readonly peakBytes: number | null;
}

/** Chromium's, of cross-origin isolated pages. */
interface MemoryPerformance {
  measureUserAgentSpecificMemory(): Promise<{
    breakdown: { bytes: number; attribution: { scope: string; url: string }[] }[];
  }>;
}

/** Times the simulation of U250 frames in a worker of its own, with nothing else at work. */
export async function measureSimulator(
  rounds: number,
  log: (line: string) => void,
): Promise<MeasuredSimulator[]> {
  const manifestUrl = new URL("/models/mobilenetv1-w4a4/manifest.json", location.href).href;
  const worker = new Worker(new URL("./simulator.worker.ts", import.meta.url), { type: "module" });
  try {
    const api = Comlink.wrap<SimulatorApi>(worker);
    await api.start(manifestUrl);
    const measured: MeasuredSimulator[] = [];
    for (const frames of [1, 8]) {
      const times: number[] = [];
      let run = await api.run(frames);
      for (let round = 0; round < rounds; round++) {
        run = await api.run(frames);
        times.push(run.timeMs);
        log(`simulator, ${frames} frames: round ${round + 1} of ${rounds}`);
      }
      // A run of its own, because looking at memory takes time.
      measured.push({ frames, times, run, peakBytes: await peakWhile(api.run(frames)) });
    }
    return measured;
  } finally {
    worker.terminate();
  }
}

/** Samples the worker's memory, at the end once more. */
async function peakWhile(running: Promise<SimulatorRun>): Promise<number | null> {
  let runs = true;
  const ended = running.finally(() => {
    runs = false;
  });
  let peak = await workerBytes();
  while (runs && peak !== null) peak = Math.max(peak, (await workerBytes()) ?? 0);
  await ended;
  return peak === null ? null : Math.max(peak, (await workerBytes()) ?? 0);
}

async function workerBytes(): Promise<number | null> {
  if (!("measureUserAgentSpecificMemory" in performance)) return null;
  const { breakdown } = await (
    performance as MemoryPerformance & Performance
  ).measureUserAgentSpecificMemory();
  return breakdown
    .filter(({ attribution }) => attribution.some(({ scope }) => scope === "DedicatedWorkerGlobalScope"))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
