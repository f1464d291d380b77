import { type ReactNode, useState } from "react";
import { StreamscopeError } from "../../graph/errors";
import { ActionButton } from "../kit/action-button";
import { reload } from "./reload";
import "./part-fault.css";

export interface PartFaultProps {
  /** What the sentence begins with: "The view". */
  readonly part: string;
  readonly error: unknown;
  /** Further ways on. */
  readonly children?: ReactNode;
}

/** Says that a part of the page did not come, or broke, and offers to try again. */
export function PartFault({ part, error, children }: PartFaultProps) {
  const [tries, setTries] = useState(0);
  const isMissing = error instanceof StreamscopeError && error.code === "network";
  const tryAgain = async () => {
    if (!(await reload())) setTries((before) => before + 1);
  };
  return (
    <div className="part-fault">
      <p role="alert">
        {isMissing
          ? `${part} could not be loaded. The connection may be down, or the site was updated. `
          : `${part} broke: a fault in Streamscope. `}
        Trying again loads the page anew; what the link in the address holds stays.
      </p>
      <p role="status">
        {tries > 0 &&
          `The server cannot be reached (${tries === 1 ? "tried once" : `tried ${tries} times`}).`}
      </p>
      <div className="part-fault__ways">
        <ActionButton onPress={() => void tryAgain()}>Try again</ActionButton>
        {children}
      </div>
    </div>
  );
}
