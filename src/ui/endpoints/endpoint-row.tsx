import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { Facts } from "../kit/facts";
import type { EndpointEntry } from "../state/endpoints-slice";
import { describeFailure, describePlatform, endpointFacts } from "./describe-endpoint";
import { StatusLight } from "./status-light";
import { useEndpointStatus } from "./use-endpoint-status";

/** One endpoint: how it is, what it says of itself, what is wrong and what helps. */
export function EndpointRow({ entry }: { readonly entry: EndpointEntry }) {
  const { phase, info, failure, checkAgain } = useEndpointStatus(entry);
  const modelName = useAppState((state) => state.lastModel?.name ?? null);
  const allow = useAppState((state) => state.allowEndpoint);
  const remove = useAppState((state) => state.removeEndpoint);
  return (
    <li className="endpoint-row">
      <div className="endpoint-row__head">
        <span className="endpoint-row__address">{entry.address}</span>
        {/* Always there, so that screen readers hear each change. */}
        <span role="status" aria-label={`State of ${entry.address}`}>
          <StatusLight phase={phase} />
        </span>
      </div>
      {phase === "awaiting-consent" && (
        <p className="endpoint-row__consent">
          A link names this endpoint. Nothing has been sent to it. Allowed, it is sent the pictures of
          Compare, and those of Sets if you tick it there.
        </p>
      )}
      {phase === "failed" && <p className="endpoint-row__failure">{describeFailure(failure, modelName)}</p>}
      {info && phase === "ready" && (
        <>
          <p className="endpoint-row__platform">{describePlatform(info)}</p>
          <details className="endpoint-row__details">
            <summary>What it says of itself</summary>
            <Facts facts={endpointFacts(info)} />
          </details>
        </>
      )}
      <div className="endpoint-row__actions">
        {phase === "awaiting-consent" && (
          <ActionButton onPress={() => allow(entry.id)}>Allow this endpoint</ActionButton>
        )}
        {phase === "failed" && <ActionButton onPress={checkAgain}>Try again</ActionButton>}
        <ActionButton aria-label={`Remove ${entry.address}`} onPress={() => remove(entry.id)}>
          Remove
        </ActionButton>
        <span className="endpoint-row__token">{entry.token === null ? "No token" : "With a token"}</span>
      </div>
    </li>
  );
}
