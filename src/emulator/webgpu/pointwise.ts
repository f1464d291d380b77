import { fastest, timeSteps } from "./calibrate";
import type { GpuStep } from "./gpu-step";
import type { PlannedStep } from "./plan";
import type { KernelCall } from "./steps/call";
import {
  isPointwiseLayer,
  type MvauStep,
  type PointwiseVariant,
  pointwiseCall,
  pointwiseVariants,
} from "./steps/mvau";
import type { KernelTraits } from "./steps/traits";

export interface PointwiseChoice {
  readonly variant: PointwiseVariant;
  /** Median milliseconds of each variant that was timed; empty if there was nothing to choose from. */
  readonly timesMs: ReadonlyMap<PointwiseVariant, number>;
}

/**
 * Which pointwise variant is the fastest here: the variants are timed against each other on the
 * one layer shape in which the network does most of its work.
 *
 * `createStep` makes a step of the plan ready to run. Its steps are destroyed again.
 */
export async function choosePointwise(
  device: GPUDevice,
  steps: readonly PlannedStep[],
  traits: KernelTraits,
  createStep: (index: number, call: KernelCall) => Promise<GpuStep>,
  signal?: AbortSignal,
): Promise<PointwiseChoice> {
  const index = heaviestPointwise(steps);
  const step = steps[index];
  const calls =
    step && isPointwiseLayer(step) ? candidates(step, traits) : new Map<PointwiseVariant, KernelCall>();
  const [only] = calls.keys();
  if (calls.size < 2) return { variant: only ?? "lanes", timesMs: new Map() };

  const attempts = await Promise.allSettled(
    [...calls].map(async ([variant, call]) => [variant, await createStep(index, call)] as const),
  );
  // A variant that this driver does not build is out of the race; without any, the reason is told.
  const built = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
  const failure = attempts.find((attempt) => attempt.status === "rejected");
  if (built.length === 0 && failure) throw failure.reason;
  const contestants = new Map(built);
  try {
    const timesMs = await timeSteps(device, contestants, signal);
    return { variant: fastest(timesMs) ?? "lanes", timesMs };
  } finally {
    for (const contestant of contestants.values()) contestant.destroy();
  }
}

function candidates(step: MvauStep, traits: KernelTraits): Map<PointwiseVariant, KernelCall> {
  const calls = new Map<PointwiseVariant, KernelCall>();
  for (const variant of pointwiseVariants) {
    const call = pointwiseCall(step, traits, variant);
    if (call) calls.set(variant, call);
  }
  return calls;
}

/** Index of the first step of the pointwise layer shape with the most multiply-accumulates in all; -1 if there is none. */
export function heaviestPointwise(steps: readonly PlannedStep[]): number {
  const shapes = new Map<string, { readonly first: number; macs: number }>();
  for (const [index, step] of steps.entries()) {
    if (!isPointwiseLayer(step)) continue;
    const { height, width, channels } = step.output.layout;
    const { mw } = step.operation.node;
    const key = [height, width, channels, mw].join();
    const shape = shapes.get(key) ?? { first: index, macs: 0 };
    shape.macs += height * width * channels * mw;
    shapes.set(key, shape);
  }
  const heaviest = [...shapes.values()].sort((a, b) => b.macs - a.macs)[0];
  return heaviest?.first ?? -1;
}
