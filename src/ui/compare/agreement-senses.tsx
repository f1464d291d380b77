import type { Agreement } from "./model/agreement";
import { senses } from "./model/describe-agreement";
import "./agreement-senses.css";

/** The three senses of agreement, each with its yes or no. */
export function AgreementSenses({ agreement }: { readonly agreement: Agreement }) {
  return (
    <ul className="agreement-senses" aria-label="Agreement">
      {senses.map(({ key, name, yes, no }) => (
        <li key={key} data-same={agreement[key]} title={agreement[key] ? yes : no}>
          <span aria-hidden="true">{agreement[key] ? "✓" : "✗"}</span> {name}
          <span className="visually-hidden">: {agreement[key] ? "yes" : "no"}</span>
        </li>
      ))}
    </ul>
  );
}
