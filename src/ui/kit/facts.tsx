import { Fragment } from "react";
import "./facts.css";

/** Name and value; a value of null is not known, and left out. */
export type Fact = readonly [name: string, value: React.ReactNode | null];

/** A list of names and figures, in two columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
