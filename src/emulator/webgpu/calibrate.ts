import { throwIfAborted } from "../../graph/errors";
import type { GpuStep } from "./gpu-step";

/** Time for all candidates together, compilation aside. */
const BUDGET_MS = 300;
const ROUNDS = 5;
/** Long enough for one submit that its own cost (0.1 ms or so) and the clock's grain do not count. */
const SUBMIT_MS = 5;
const MOST_DISPATCHES = 50;
/** A candidate so many times slower than the best in its first run is not timed again... */
const HOPELESS = 3;
/** ...unless it was this fast: a first run also pays for what a driver has put off. */
const FIRST_RUN_MS = 20;

/**
 * Times steps against each other on the GPU: median milliseconds of one dispatch each.
 *
 * By the wall clock, in submits of several dispatches, since timestamp queries are optional and
 * browsers round them to 100 microseconds. Rounds go over all candidates in turn, so that a
 * disturbance from outside does not hit one alone.
 */
export async function timeSteps<Name extends string>(
  device: GPUDevice,
  steps: ReadonlyMap<Name, GpuStep>,
  signal?: AbortSignal,
): Promise<Map<Name, number>> {
  const end = performance.now() + BUDGET_MS;
  const candidates: { name: Name; step: GpuStep; first: number; samples: number[] }[] = [];
  for (const [name, step] of steps) {
    throwIfAborted(signal);
    candidates.push({ name, step, first: await timeDispatches(device, step, 1), samples: [] });
  }
  const best = Math.min(...candidates.map(({ first }) => first));
  const hopeless = Math.max(best * HOPELESS, FIRST_RUN_MS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { step, first, samples } of candidates) {
      if (first > hopeless || performance.now() > end) continue;
      throwIfAborted(signal);
      const dispatches = Math.min(MOST_DISPATCHES, Math.ceil(SUBMIT_MS / first));
      samples.push(await timeDispatches(device, step, dispatches));
    }
  }
  return new Map(candidates.map(({ name, first, samples }) => [name, median(samples) ?? first]));
}

/** The name with the least time. */
export function fastest<Name extends string>(times: ReadonlyMap<Name, number>): Name | undefined {
  return [...times].sort(([, a], [, b]) => a - b)[0]?.[0];
}

/** Milliseconds a dispatch, of so many in one submit. */
async function timeDispatches(device: GPUDevice, step: GpuStep, dispatches: number): Promise<number> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let i = 0; i < dispatches; i++) step.dispatch(pass);
  pass.end();
  const start = performance.now();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  return (performance.now() - start) / dispatches;
}

function median(samples: readonly number[]): number | undefined {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)];
}
