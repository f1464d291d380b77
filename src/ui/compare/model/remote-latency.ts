import type { RemoteResult } from "../../../remote/endpoint";

/** Where the time of a request went, in milliseconds; null where the endpoint does not say. */
export interface RemoteLatency {
  /** From sending to the answer read, as the page measured it. */
  readonly totalMs: number;
  /** What is neither queue nor device: the way there and back, and the server's own work. */
  readonly networkMs: number | null;
  readonly queueMs: number | null;
  readonly deviceMs: number | null;
}

/**
 * Splits a request's time: network = total - queue - device. The network's part is known only if
 * the endpoint tells both others, and they fit into the total.
 */
export function splitLatency({ total, queue, device }: RemoteResult["timeMs"]): RemoteLatency {
  const rest = queue === null || device === null ? null : total - queue - device;
  return {
    totalMs: total,
    networkMs: rest !== null && rest >= 0 ? rest : null,
    queueMs: queue,
    deviceMs: device,
  };
}
