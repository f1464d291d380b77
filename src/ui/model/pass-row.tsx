import { ListBoxItem } from "react-aria-components/ListBox";
import { nodesOf } from "./model/describe-pass";
import type { OpFamily } from "./model/op-families";

export interface PassRowProps {
  readonly id: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly changed: boolean;
  readonly parts: readonly { readonly family: OpFamily; readonly nodes: number }[];
  /** Nodes of the largest graph: the longest bar. */
  readonly most: number;
}

/** One pass: its name, the nodes before and after it, and the graph it left as a bar. */
export function PassRow({ id, name, before, after, changed, parts, most }: PassRowProps) {
  const counts = before === after ? `${after}` : `${before} → ${after}`;
  const spoken = before === after ? nodesOf(after) : `${before} to ${nodesOf(after)}`;
  return (
    <ListBoxItem
      id={id}
      textValue={name}
      aria-label={`${name}: ${changed ? spoken : "nothing to do"}`}
      className="pass-row"
      data-idle={changed ? undefined : true}
    >
      <span className="pass-row__name">{name}</span>
      <span className="pass-row__counts">{changed ? counts : "–"}</span>
      <span className="pass-row__bar" aria-hidden="true">
        {parts.map(({ family, nodes }) => (
          <span
            key={family}
            className={`pass-row__part family-${family}`}
            style={{ width: `${(nodes / most) * 100}%` }}
          />
        ))}
      </span>
    </ListBoxItem>
  );
}
