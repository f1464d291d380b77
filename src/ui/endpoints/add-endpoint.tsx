import { useId, useState } from "react";
import { parseAddress } from "../../remote/address";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";

export interface AddEndpointProps {
  /** Called just before the endpoint is there. */
  readonly onAdd: () => void;
}

/** Adds an endpoint by its address, or changes the token of one. The token goes from the field into memory and nowhere else. */
export function AddEndpoint({ onAdd }: AddEndpointProps) {
  const setEndpoint = useAppState((state) => state.setEndpoint);
  const [address, setAddress] = useState("");
  const [token, setToken] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const id = useId();

  const add = () => {
    try {
      const endpoint = { address: parseAddress(address), token: token.trim() || null };
      onAdd();
      setEndpoint(endpoint, true);
      setAddress("");
      setToken("");
      setRefusal(null);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <form
      className="add-endpoint"
      aria-label="Add an endpoint"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label htmlFor={`${id}-address`}>Address of an endpoint</label>
      <input
        id={`${id}-address`}
        // Not type="url": what is wrong with an address is said in our words.
        type="text"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="http://localhost:8000"
        value={address}
        aria-invalid={refusal !== null}
        aria-describedby={`${id}-refusal`}
        onChange={(event) => setAddress(event.target.value)}
      />
      <label htmlFor={`${id}-token`}>Token, if it wants one</label>
      <input
        id={`${id}-token`}
        type="password"
        // Not what browsers keep: a token lives as long as the page.
        autoComplete="new-password"
        spellCheck={false}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <ActionButton type="submit">Add</ActionButton>
      {/* Always there, so that screen readers hear what comes into it. */}
      <p id={`${id}-refusal`} role="alert" className="add-endpoint__refusal">
        {refusal}
      </p>
    </form>
  );
}
