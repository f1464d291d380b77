import type { KernelName } from "../kernels";
import { isSigned, type MapLayout } from "../layout";
import type { PlannedStep, Window } from "../plan";

/**
 * A dispatch in plain data: which kernel, with what. Nothing here touches the GPU, so that what
 * the host decides for each layer can be read and tested by itself.
 */
export interface KernelCall {
  readonly kernel: KernelName;
  /** Values of the kernel's `override` constants: what changes its code. */
  readonly overrides: Readonly<Record<string, number>>;
  /** Fields of `struct Layer` in `layer.wgsl`: what does not, so that layers share pipelines. */
  readonly layer: LayerFields;
  readonly workgroups: number;
  /** Weights or parameters, packed when they are uploaded. */
  readonly constants?: () => PackedData;
  readonly thresholds?: () => PackedData;
}

export type PackedData = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Threads of a workgroup, in every kernel (`WORKGROUP` in `layer.wgsl`). */
const WORKGROUP = 64;

export const workgroupsFor = (threads: number): number => Math.ceil(threads / WORKGROUP);

/** In the order of `struct Layer` in `layer.wgsl`. */
const layerFields = [
  "inHeight",
  "inWidth",
  "inChannels",
  "inWords",
  "outHeight",
  "outWidth",
  "outChannels",
  "outWords",
  "kernelHeight",
  "kernelWidth",
  "strideY",
  "strideX",
  "dilationY",
  "dilationX",
  "padTop",
  "padLeft",
  "steps",
  "actVal",
  "shift",
  "block",
] as const;

export type LayerFields = Readonly<Partial<Record<(typeof layerFields)[number], number>>>;

/** The uniform's bytes; fields that a kernel does not read are zero. */
export const layerUniform = (layer: LayerFields): Int32Array<ArrayBuffer> =>
  Int32Array.from(layerFields, (field) => layer[field] ?? 0);

/** The fields that follow from the maps. */
export function mapFields({ input, output }: PlannedStep): LayerFields {
  return {
    inHeight: input.layout.height,
    inWidth: input.layout.width,
    inChannels: input.layout.channels,
    inWords: input.layout.words,
    outHeight: output.layout.height,
    outWidth: output.layout.width,
    outChannels: output.layout.channels,
    outWords: output.layout.words,
  };
}

export function windowFields({ kernel, stride, dilation, padTop, padLeft }: Window): LayerFields {
  return {
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    strideY: stride[0],
    strideX: stride[1],
    dilationY: dilation[0],
    dilationX: dilation[1],
    padTop,
    padLeft,
  };
}

/** The overrides that follow from the maps. */
export function mapOverrides({ input, output }: PlannedStep): Record<string, number> {
  return {
    IN_WIDE: Number(input.layout.form === "wide"),
    IN_SIGNED: Number(isSigned(input.layout)),
    OUT_WIDE: Number(output.layout.form === "wide"),
  };
}

export const wordsOfChannels = ({ channels }: MapLayout): number => Math.ceil(channels / 4);
