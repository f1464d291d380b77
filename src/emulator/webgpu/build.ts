import { throwIfAborted } from "../../graph/errors";
import type { EngineInfo } from "../engine";
import { Network } from "./network";
import { PipelineCache } from "./pipelines";
import type { Plan } from "./plan";
import { choosePointwise, type PointwiseChoice } from "./pointwise";
import { threadsFormQuads } from "./quads";
import { kernelCall } from "./steps";
import { isPointwiseLayer, type PointwiseVariant } from "./steps/mvau";
import type { KernelTraits } from "./steps/traits";

export interface BuildOptions {
  readonly pointwise?: PointwiseVariant;
  readonly signal?: AbortSignal;
  /** Called for each step of the plan that is ready. */
  readonly onStep?: () => void;
}

export interface BuiltNetwork {
  readonly network: Network;
  readonly variants: EngineInfo["variants"];
  readonly calibrationMs: EngineInfo["calibrationMs"];
}

/** Builds every step of the plan on the device, the pointwise layers by the fastest variant. */
export async function buildNetwork(
  device: GPUDevice,
  dot4: boolean,
  plan: Plan,
  { pointwise, signal, onStep }: BuildOptions,
): Promise<BuiltNetwork> {
  const pipelines = new PipelineCache(device);
  const traits: KernelTraits = { dot4, quad: (await threadsFormQuads(device, pipelines)) ? 4 : 1 };
  const network = new Network(device, pipelines, traits, plan);

  const kernels = new Set<string>(); // of the pointwise layers
  const build = async (index: number, variant: PointwiseVariant) => {
    throwIfAborted(signal);
    const step = plan.steps[index]!;
    const call = kernelCall(step, traits, variant);
    if (isPointwiseLayer(step)) kernels.add(call.kernel);
    network.useStep(index, await network.createStep(index, call));
    onStep?.();
  };

  // What does not depend on the choice comes first, so that nothing else is at work on the GPU
  // while the variants are timed.
  const indices = [...plan.steps.keys()];
  const competed = indices.filter((index) => isPointwiseLayer(plan.steps[index]!));
  await Promise.all(
    indices.filter((index) => !competed.includes(index)).map((index) => build(index, "lanes")),
  );
  const fixed = pointwise && (pointwise !== "dot4" || dot4) ? pointwise : null;
  const choice: PointwiseChoice = fixed
    ? { variant: fixed, timesMs: new Map() }
    : await choosePointwise(
        device,
        plan.steps,
        traits,
        (index, call) => network.createStep(index, call),
        signal,
      );
  await Promise.all(competed.map((index) => build(index, choice.variant)));

  return { network, ...describeChoice(choice, kernels) };
}

/** The choice in the words of `EngineInfo`; layers that the variant cannot compute are told apart. */
function describeChoice(
  { variant, timesMs }: PointwiseChoice,
  kernels: ReadonlySet<string>,
): Pick<BuiltNetwork, "variants" | "calibrationMs"> {
  const others = [...kernels].filter((kernel) => kernel !== `mvau_${variant}`);
  return {
    variants: {
      ...(kernels.size > others.length ? { pointwise: variant } : {}),
      ...(others.length > 0 ? { pointwiseElse: others.join(", ") } : {}),
    },
    calibrationMs: Object.fromEntries([...timesMs].map(([name, ms]) => [`pointwise/${name}`, ms])),
  };
}
