import { queryOptions } from "@tanstack/react-query";
import { StreamscopeError } from "../../graph/errors";
import type { EndpointFault, EndpointInfo, ModelNeeds, RemoteClient } from "../../remote/endpoint";
import type { LoadedModel } from "../../workers/emulator-api";
import type { EndpointEntry } from "../state/endpoints-slice";

/** Why an endpoint cannot be used. */
export interface EndpointFailure {
  /** Null if it broke in a way that is not the endpoint's. */
  readonly fault: EndpointFault | null;
  /** HTTP status of the reply; null if none came, or if it is not what was wrong. */
  readonly status: number | null;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** What the loaded network needs of an endpoint. */
export function modelNeeds({ name, inputShape, nodes }: LoadedModel): ModelNeeds {
  const scores = nodes.at(-1)?.inputShape ?? [];
  return { name, inputShape, classes: scores.reduce((product, size) => product * size, 1) };
}

/** How long an endpoint is believed to be as it was last seen. */
const readyMs = 10_000;
/** How soon one that cannot be used is asked again, so that it is seen when it comes back. */
const failedMs = 2_000;

/**
 * Health and metadata of an endpoint, asked again and again while somebody looks: one that died
 * turns red by itself, and one that came back green. Without the user's yes nothing is asked.
 * @param needs null while no network is loaded: there is nothing to check against then
 */
export function endpointInfoQuery(client: RemoteClient, entry: EndpointEntry, needs: ModelNeeds | null) {
  const { id, address, token, tokenNumber, allowed } = entry;
  return queryOptions<EndpointInfo>({
    // The token itself is written nowhere; of an address removed and added again only the id differs.
    queryKey: ["endpoint", id, address, token !== null, tokenNumber, needs],
    queryFn: async ({ signal }) => {
      if (!needs) throw new StreamscopeError("engine-failed", "There is no model to check it against.");
      return client.check({ address, token }, needs, { signal });
    },
    enabled: allowed && needs !== null,
    refetchInterval: ({ state }) => (state.status === "error" ? failedMs : readyMs),
    // A failure is shown at once; the interval tries again.
    retry: false,
    // An endpoint on this machine is there also without a network.
    networkMode: "always",
    staleTime: readyMs / 2,
  });
}

/** The sentence of anything that a call to an endpoint rejected with. */
export function toEndpointFailure(error: unknown): EndpointFailure {
  const message = error instanceof Error ? error.message : String(error);
  const isEndpoints = error instanceof StreamscopeError && error.code === "endpoint";
  const { fault, status } = isEndpoints ? error.details : {};
  return {
    fault: typeof fault === "string" ? (fault as EndpointFault) : null,
    status: typeof status === "number" ? status : null,
    message,
  };
}
