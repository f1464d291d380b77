import * as Comlink from "comlink";
import type { ContenderApi, ContenderKind } from "./contender.worker";
import { measureSimulator } from "./measure-simulator";

export interface Measured {
  readonly kind: ContenderKind;
  /** What the contender says of itself; an error's message if it could not start. */
  readonly label: string;
  /** Milliseconds of each frame; empty if it could not start. */
  readonly frames: number[];
}

export interface Machine {
  readonly userAgent: string;
  readonly cores: number;
  readonly adapter: string;
  readonly crossOriginIsolated: boolean;
}

const contenders: readonly ContenderKind[] = [
  "streamscope-webgpu",
  "ort-webgpu",
  "ort-wasm-1",
  "ort-wasm-n",
  "streamscope-ort",
];

/**
 * Times all contenders in this session, warm, taking turns: in each round every contender runs
 * one frame, so that a machine that slows down slows all of them.
 */
async function measure(rounds: number, log: (line: string) => void): Promise<Measured[]> {
  const manifestUrl = new URL("/models/mobilenetv1-w4a4/manifest.json", location.href).href;
  const running: {
    kind: ContenderKind;
    label: string;
    frames: number[];
    api: Comlink.Remote<ContenderApi> | null;
  }[] = [];
  for (const kind of contenders) {
    const worker = new Worker(new URL("./contender.worker.ts", import.meta.url), { type: "module" });
    const api = Comlink.wrap<ContenderApi>(worker);
    try {
      const label = await api.start(kind, manifestUrl);
      running.push({ kind, label, frames: [], api });
      log(`${kind}: ${label}`);
    } catch (error) {
      worker.terminate();
      running.push({ kind, label: `did not start: ${error}`, frames: [], api: null });
      log(`${kind} did not start: ${error}`);
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const { api, frames } of running) if (api) frames.push(await api.frame());
    log(`round ${round + 1} of ${rounds}`);
  }
  for (const { api } of running) await api?.stop();
  return running.map(({ kind, label, frames }) => ({ kind, label, frames }));
}

async function machine(): Promise<Machine> {
  const adapter = await navigator.gpu?.requestAdapter();
  const { vendor, architecture, description } = adapter?.info ?? {};
  return {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    adapter: [vendor, architecture, description].filter(Boolean).join(" ") || "none",
    crossOriginIsolated,
  };
}

const bench = { measure, measureSimulator, machine };
export type Bench = typeof bench;
Object.assign(globalThis, { streamscopeBench: bench });
