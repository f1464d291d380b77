import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EndpointInfo } from "../../remote/endpoint";
import { useAppState, useRemoteClient } from "../app-context";
import {
  type EndpointFailure,
  endpointInfoQuery,
  modelNeeds,
  toEndpointFailure,
} from "../session/endpoint-queries";
import type { EndpointEntry } from "../state/endpoints-slice";

/** What is known of an endpoint at this moment. */
export type EndpointStatus =
  | { readonly phase: "awaiting-consent" | "checking"; readonly info: null; readonly failure: null }
  | { readonly phase: "ready"; readonly info: EndpointInfo; readonly failure: null }
  /** `info` is what it said of itself when it was last there. */
  | { readonly phase: "failed"; readonly info: EndpointInfo | null; readonly failure: EndpointFailure };

/** Watches an endpoint while the component is there, with a way to ask at once. */
export function useEndpointStatus(
  entry: EndpointEntry,
): EndpointStatus & { readonly checkAgain: () => void } {
  const client = useRemoteClient();
  const model = useAppState((state) => state.lastModel);
  const needs = useMemo(() => (model ? modelNeeds(model) : null), [model]);
  const { data, error, status, refetch } = useQuery(endpointInfoQuery(client, entry, needs));
  const checkAgain = () => {
    if (entry.allowed && needs) void refetch();
  };
  if (!entry.allowed) return { phase: "awaiting-consent", info: null, failure: null, checkAgain };
  if (status === "error") {
    return { phase: "failed", info: data ?? null, failure: toEndpointFailure(error), checkAgain };
  }
  if (data) return { phase: "ready", info: data, failure: null, checkAgain };
  return { phase: "checking", info: null, failure: null, checkAgain };
}
