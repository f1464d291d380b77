import type { Activation } from "../../../graph/dataflow";
import type { KernelName } from "../kernels";
import { pixelsOf } from "../layout";
import { packThresholds } from "../pack";
import type { PlannedStep } from "../plan";
import {
  type KernelCall,
  type LayerFields,
  mapFields,
  mapOverrides,
  wordsOfChannels,
  workgroupsFor,
} from "./call";

/**
 * A kernel that takes maps of any form and type, value by value; a thread owns four channels of
 * an output pixel. For the small layers, and for what no fast kernel takes.
 */
export function elementCall(kernel: KernelName, step: PlannedStep, layer: LayerFields = {}): KernelCall {
  const { layout } = step.output;
  return {
    kernel,
    overrides: mapOverrides(step),
    layer: { ...mapFields(step), ...layer },
    workgroups: workgroupsFor(pixelsOf(layout) * wordsOfChannels(layout)),
  };
}

/** The call with thresholds at its end, if there are any, in the layout of `elements.wgsl`. */
export function withThresholds(call: KernelCall, activation: Activation | null): KernelCall {
  if (!activation) return call;
  return activated(call, activation, () => packThresholds(activation));
}

/** The call with thresholds at its end in the kernel's own layout. */
export function activated(
  call: KernelCall,
  activation: Activation,
  thresholds: NonNullable<KernelCall["thresholds"]>,
): KernelCall {
  const {
    thresholds: { shape },
    actVal,
  } = activation;
  return {
    ...call,
    overrides: { ...call.overrides, ACTIVATED: 1 },
    layer: { ...call.layer, steps: shape[1] ?? 0, actVal },
    thresholds,
  };
}
