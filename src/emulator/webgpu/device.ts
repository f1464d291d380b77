import { StreamscopeError } from "../../graph/errors";
import type { EngineInfo } from "../engine";

/** A GPU device of our own, and what is known of it. */
export interface OpenedDevice {
  readonly device: GPUDevice;
  readonly info: Pick<EngineInfo, "label" | "adapter" | "device">;
  /** Does WGSL have `dot4I8Packed`? */
  readonly dot4: boolean;
}

/** Software GPUs by the names they go by. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

/**
 * Opens a device whose storage buffers may have `largestBuffer` bytes, with subgroups if there are
 * any, and nothing else beyond the defaults.
 *
 * Throws `no-webgpu` with what to do about it if there is no WebGPU, adapter or device;
 * `unsupported-model` if the adapter cannot bind such a buffer.
 */
export async function openDevice(gpu: GPU | null, largestBuffer: number): Promise<OpenedDevice> {
  if (!gpu) throw new StreamscopeError("no-webgpu", missingSentence(globalThis.isSecureContext));
  const adapter = await findAdapter(gpu);
  const device = await requestDevice(adapter, largestBuffer);
  return {
    device,
    info: describeAdapter(adapter.info),
    dot4: gpu.wgslLanguageFeatures.has("packed_4x8_integer_dot_product"),
  };
}

/** Why there is no `navigator.gpu`. `secure` is undefined outside of a browser. */
export function missingSentence(secure: boolean | undefined): string {
  return secure === false
    ? "WebGPU works on secure pages only: open this page over https, or from localhost."
    : "This browser has no WebGPU. Current versions of Chrome, Edge, Firefox and Safari have it.";
}

async function findAdapter(gpu: GPU): Promise<GPUAdapter> {
  let cause: unknown;
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter) return adapter;
  } catch (error) {
    cause = error;
  }
  throw new StreamscopeError(
    "no-webgpu",
    "This browser has WebGPU, but no GPU to run it on: graphics acceleration may be switched off in its settings, or the driver may be on its block list.",
    {},
    { cause },
  );
}

async function requestDevice(adapter: GPUAdapter, largestBuffer: number): Promise<GPUDevice> {
  const { limits, features } = adapter;
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  if (largestBuffer > most) {
    throw new StreamscopeError(
      "unsupported-model",
      `A layer of this model needs ${largestBuffer} bytes in one GPU buffer; this GPU allows ${most}.`,
      { bytes: largestBuffer },
    );
  }
  try {
    return await adapter.requestDevice({
      requiredFeatures: features.has("subgroups") ? ["subgroups"] : [],
      requiredLimits: { maxStorageBufferBindingSize: largestBuffer, maxBufferSize: largestBuffer },
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StreamscopeError("no-webgpu", `The GPU could not be opened: ${why}`, {}, { cause });
  }
}

function describeAdapter(info: GPUAdapterInfo): OpenedDevice["info"] {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const adapter = [vendor, architecture, description || device].filter(Boolean).join(" ");
  const software = isFallbackAdapter || SOFTWARE.test(adapter);
  return {
    label: `WebGPU on ${adapter || "an unnamed GPU"}${software ? " (software)" : ""}`,
    adapter: adapter || null,
    device: software ? "software-gpu" : "gpu",
  };
}
