import { useEffect, useRef } from "react";
import { useAppState } from "../app-context";
import { AddEndpoint } from "./add-endpoint";
import { EndpointRow } from "./endpoint-row";
import { GetEndpoint } from "./get-endpoint";
import "./endpoints-panel.css";

/** The servers that may be asked: how they are, and the way to another one. */
export function EndpointsPanel() {
  const endpoints = useAppState((state) => state.endpoints);
  const list = useRef<HTMLUListElement>(null);
  const isAdding = useRef(false);

  // The form has moved or folded up under the focus: it goes on with what was added.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of the list
  useEffect(() => {
    if (isAdding.current) list.current?.focus();
    isAdding.current = false;
  }, [endpoints]);

  const form = (
    <AddEndpoint
      onAdd={() => {
        isAdding.current = true;
      }}
    />
  );
  return (
    <section className="endpoints-panel" aria-labelledby="endpoints-heading" data-not-on-paper>
      <h3 id="endpoints-heading">Endpoints</h3>
      {endpoints.length === 0 ? (
        <>
          <GetEndpoint />
          {form}
        </>
      ) : (
        <>
          <ul ref={list} className="endpoints-panel__list" aria-labelledby="endpoints-heading" tabIndex={-1}>
            {endpoints.map((entry) => (
              <EndpointRow key={entry.id} entry={entry} />
            ))}
          </ul>
          <details className="endpoints-panel__another">
            <summary>Add another, or change a token</summary>
            {form}
          </details>
        </>
      )}
    </section>
  );
}
