import type { Trace } from "../../../simulator/trace";
import type { StreamingSession } from "../../session/streaming-session";
import type { AppStore } from "../../state/store";
import { fineWindow } from "../model/fine-window";
import { covers } from "../model/moment";
import { beatToStepTo, binOfBeat, progressOf } from "../model/nth-beat";
import type { PipelineMachine } from "../model/pipeline";

export interface Step {
  readonly machine: PipelineMachine;
  readonly direction: 1 | -1;
  readonly unit: "beat" | "row";
}

/**
 * Shows the cycle in which the machine's next, or last, beat moves, or the last beat of its next
 * row. Fetches the traces of single cycles that it takes; a step that comes meanwhile takes its place.
 */
export async function step(
  store: AppStore,
  session: Pick<StreamingSession, "fine">,
  { machine, direction, unit }: Step,
): Promise<void> {
  const { streaming, cycle, setCycle } = store.getState();
  if (!streaming) return;
  const here = await fineTrace(store, session, cycle, cycle + 1);
  if (!here || store.getState().cycle !== cycle) return;
  const totals = progressOf(here, machine);
  const beat = beatToStepTo(
    totals,
    cycle - here.from,
    direction,
    unit === "row" ? (machine.rowBeats ?? 1) : 1,
  );
  if (beat === 0) return setCycle(0);
  const near = binOfBeat(totals, beat);
  if (near !== null) return setCycle(here.from + near);
  const { trace, cycles } = streaming.simulation;
  const bin = trace && binOfBeat(progressOf(trace, machine), beat);
  if (!trace || bin === null) return setCycle(direction === 1 ? cycles - 1 : 0);
  const begin = trace.from + bin * trace.resolution;
  const there = await fineTrace(store, session, begin, begin + trace.resolution);
  const far = there && binOfBeat(progressOf(there, machine), beat);
  if (there && far !== null && store.getState().cycle === cycle) setCycle(there.from + far);
}

/** The trace of single cycles from `from` to before `to`; null if another took its place. */
async function fineTrace(
  store: AppStore,
  session: Pick<StreamingSession, "fine">,
  from: number,
  to: number,
): Promise<Trace | null> {
  const atHand = () => {
    const { streaming, fineTrace } = store.getState();
    if (!streaming || fineTrace?.design !== streaming.design) return null;
    const last = Math.min(to, streaming.simulation.cycles) - 1;
    return covers(fineTrace.trace, from) && covers(fineTrace.trace, last) ? fineTrace.trace : null;
  };
  const window = fineWindow(from, to);
  if (!atHand()) await session.fine(window.from, window.to);
  return atHand();
}
