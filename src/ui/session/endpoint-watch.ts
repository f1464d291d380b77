import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import type { EndpointInfo, ModelNeeds, RemoteClient } from "../../remote/endpoint";
import type { EndpointEntry } from "../state/endpoints-slice";
import { endpointInfoQuery } from "./endpoint-queries";

export interface EndpointWatchOptions {
  readonly queries: QueryClient;
  readonly remote: RemoteClient;
  readonly entry: EndpointEntry;
  readonly needs: ModelNeeds;
  /** Called when `info` may have changed. */
  readonly onChange: () => void;
}

/** Knows for work outside of components whether an endpoint can be used. */
export interface EndpointWatch {
  /** What the endpoint says of itself; null while it cannot be used. */
  info(): EndpointInfo | null;
  /**
   * A request failed: the endpoint is not used before a check that begins after this finds it
   * ready. Failures in a row are checked at growing distances.
   */
  suspect(): void;
  /** A request was answered. */
  trust(): void;
  stop(): void;
}

const firstPauseMs = 500;
const longestPauseMs = 4_000;

export function watchEndpoint({
  queries,
  remote,
  entry,
  needs,
  onChange,
}: EndpointWatchOptions): EndpointWatch {
  const observer = new QueryObserver(queries, endpointInfoQuery(remote, entry, needs));
  const successes = () => observer.getCurrentQuery().state.dataUpdateCount;
  let failuresInRow = 0;
  let suspectedAfter: number | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const unsubscribe = observer.subscribe(() => {
    if (suspectedAfter !== null && successes() > suspectedAfter) suspectedAfter = null;
    onChange();
  });

  return {
    info() {
      const { data, status } = observer.getCurrentResult();
      return status === "success" && suspectedAfter === null ? data : null;
    },
    suspect() {
      suspectedAfter = successes();
      clearTimeout(pause);
      // A check under way began before the failure, and is given up.
      const check = () => void observer.refetch();
      if (failuresInRow === 0) check();
      else pause = setTimeout(check, Math.min(firstPauseMs * 2 ** (failuresInRow - 1), longestPauseMs));
      failuresInRow += 1;
    },
    trust() {
      failuresInRow = 0;
    },
    stop() {
      clearTimeout(pause);
      unsubscribe();
    },
  };
}
