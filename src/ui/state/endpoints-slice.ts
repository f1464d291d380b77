import type { StateCreator } from "zustand";
import type { Endpoint } from "../../remote/endpoint";

/**
 * A server that the user, or a link, named. This list lives as long as the page, and the token is kept
 * nowhere else. An address, and what its server says of itself, are also in what is kept of a set that
 * was run through it.
 */
export interface EndpointEntry extends Endpoint {
  readonly id: number;
  /** May it be asked? An endpoint out of a link waits for the user's yes. */
  readonly allowed: boolean;
  /** Did a link name it, and the user never type it? */
  readonly byLink: boolean;
  /** Grows when the token changes: with `id` it tells two tokens apart where neither may be written. */
  readonly tokenNumber: number;
}

export interface EndpointsSlice {
  readonly endpoints: readonly EndpointEntry[];
  /** Adds an endpoint, or changes the one of the same address. */
  setEndpoint(endpoint: Endpoint, allowed: boolean): void;
  /** The user's yes. */
  allowEndpoint(id: number): void;
  removeEndpoint(id: number): void;
}

let nextId = 1;

export const endpointsSlice: StateCreator<EndpointsSlice> = (set) => ({
  endpoints: [],
  setEndpoint: (endpoint, allowed) =>
    set(({ endpoints }) => {
      const known = endpoints.find(({ address }) => address === endpoint.address);
      const changed = known !== undefined && known.token !== endpoint.token;
      const entry = {
        address: endpoint.address,
        token: endpoint.token,
        id: known?.id ?? nextId++,
        allowed: allowed || (known?.allowed ?? false),
        byLink: !allowed && (known?.byLink ?? true),
        tokenNumber: (known?.tokenNumber ?? 0) + (changed ? 1 : 0),
      };
      return {
        endpoints: known ? endpoints.map((each) => (each === known ? entry : each)) : [...endpoints, entry],
      };
    }),
  allowEndpoint: (id) =>
    set(({ endpoints }) => ({
      endpoints: endpoints.map((each) => (each.id === id ? { ...each, allowed: true } : each)),
    })),
  removeEndpoint: (id) => set(({ endpoints }) => ({ endpoints: endpoints.filter((each) => each.id !== id) })),
});
