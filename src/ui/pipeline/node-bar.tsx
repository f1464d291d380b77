import { ListBoxItem } from "react-aria-components/ListBox";
import type { NodeSummary } from "../../workers/emulator-api";
import { formatCount } from "../kit/format";
import { nodeKinds } from "./node-kinds";
import "./node-bar.css";

export interface NodeBarProps {
  readonly node: NodeSummary;
  /** Multiply-accumulates of the node with the most. */
  readonly highest: number;
  onHover(node: string | null): void;
}

/** A node as a bar as high as its multiply-accumulates; a node without any is an open square. */
export function NodeBar({ node, highest, onHover }: NodeBarProps) {
  const { tone } = nodeKinds[node.kind];
  const share = highest > 0 ? node.macs / highest : 0;
  const description = node.macs > 0 ? `${node.name}, ${formatCount(node.macs)} MACs` : node.name;
  return (
    <ListBoxItem
      id={node.name}
      textValue={node.name}
      aria-label={description}
      className={`node-bar tone-${tone}`}
      onHoverStart={() => onHover(node.name)}
      onHoverEnd={() => onHover(null)}
    >
      {node.macs > 0 ? (
        <span className="node-bar__fill" style={{ height: `${share * 100}%` }} />
      ) : (
        <span className="node-bar__stub" />
      )}
    </ListBoxItem>
  );
}
