import type { EngineInfo } from "../engine-types";
import type { EngineChoice } from "../state/settings-slice";

/** What each choice of engine is called, and what it means. */
export const engineNames: Record<EngineChoice, { readonly name: string; readonly meaning: string }> = {
  auto: { name: "Automatic", meaning: "WebGPU where it runs, else ONNX Runtime" },
  webgpu: { name: "WebGPU", meaning: "Integer kernels that mirror the FPGA’s layers, on the GPU" },
  ort: { name: "ONNX Runtime", meaning: "The same network as standard ONNX, an independent judge" },
  reference: { name: "Reference", meaning: "Plain readable code on the CPU; slow" },
};

/** Where an engine computes, for people. */
export const deviceNames: Record<EngineInfo["device"], string> = {
  gpu: "Hardware GPU",
  "software-gpu": "GPU emulated in software",
  cpu: "CPU",
};
