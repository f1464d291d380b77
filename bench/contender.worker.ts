import * as Comlink from "comlink";
import type * as Ort from "onnxruntime-web";
import asyncifyGlue from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import wasmGlue from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import wasmBinary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { Engine } from "../src/emulator/engine";
import { createOrtEngine } from "../src/emulator/ort/engine";
import { writeFloatTwin } from "../src/emulator/ort/float-twin";
import { createWebGpuEngine } from "../src/emulator/webgpu/engine";
import { loadPackage } from "../src/models/load-package";

/** What is measured, each in a worker of its own, so that none shares another's heap or threads. */
export type ContenderKind =
  | "streamscope-webgpu"
  | "streamscope-ort"
  | "ort-webgpu"
  | "ort-wasm-1"
  | "ort-wasm-n";

export interface ContenderApi {
  /** Sets up and runs one frame. Returns what it says of itself. */
  start(kind: ContenderKind, manifestUrl: string): Promise<string>;
  /** One frame, bytes in to logits out. Returns milliseconds. */
  frame(): Promise<number>;
  stop(): Promise<void>;
}

let step: () => Promise<unknown>;
let release: () => unknown = () => undefined;

const api: ContenderApi = {
  async start(kind, manifestUrl) {
    const { graph } = (await loadPackage(manifestUrl)).modelPackage;
    const input = Uint8Array.from({ length: 224 * 224 * 3 }, (_, i) => (i * 73) & 255);
    if (kind === "streamscope-webgpu" || kind === "streamscope-ort") {
      const create = kind === "streamscope-webgpu" ? createWebGpuEngine : createOrtEngine;
      const engine: Engine = await create(graph);
      step = () => engine.run(input);
      release = () => engine.dispose();
      await step();
      const variants = Object.values(engine.info.variants).join(", ");
      return variants ? `${engine.info.label}; ${variants}` : engine.info.label;
    }
    const { session, label, ort } = await floatSession(kind, writeFloatTwin(graph));
    const floats = Float32Array.from(input);
    step = async () => {
      const feed = new ort.Tensor("float32", floats, [1, 224, 224, 3]);
      const outputs = await session.run({ [session.inputNames[0] ?? ""]: feed });
      // Reading the data is part of a frame: for the GPU that is the readback.
      await outputs[session.outputNames[0] ?? ""]?.getData();
    };
    release = () => session.release();
    await step();
    return label;
  },
  async frame() {
    const begin = performance.now();
    await step();
    return performance.now() - begin;
  },
  async stop() {
    await release();
  },
};

async function floatSession(kind: ContenderKind, model: Uint8Array) {
  const gpu = kind === "ort-webgpu";
  const ort: typeof Ort = gpu ? await import("onnxruntime-web/webgpu") : await import("onnxruntime-web/wasm");
  ort.env.wasm.wasmPaths = gpu
    ? { mjs: asyncifyGlue, wasm: asyncifyWasm }
    : { mjs: wasmGlue, wasm: wasmBinary };
  const threads = kind === "ort-wasm-n" ? navigator.hardwareConcurrency : 1;
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(model, { executionProviders: [gpu ? "webgpu" : "wasm"] });
  const label = gpu ? "WebGPU, float32" : `WASM SIMD, float32, ${threads} thread${threads > 1 ? "s" : ""}`;
  return { session, label, ort };
}

Comlink.expose(api);
