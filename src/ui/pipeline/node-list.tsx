import { useMemo, useRef } from "react";
import { Header } from "react-aria-components/Header";
import { ListBox, ListBoxSection } from "react-aria-components/ListBox";
import type { NodeSummary } from "../../workers/emulator-api";
import { useAppState } from "../app-context";
import { formatShape } from "../kit/format";
import { useKeys } from "../kit/keys/use-keys";
import { groupNodes } from "./group-nodes";
import { NodeBar } from "./node-bar";
import "./node-list.css";

export interface NodeListProps {
  readonly nodes: readonly NodeSummary[];
  /** The node under the pointer; null when it leaves. */
  onHover(node: string | null): void;
}

/** The list's own keys. */
const keys = [
  { keys: ["ArrowLeft", "ArrowRight"], does: "Node before, node after" },
  { keys: ["Home", "End"], does: "First node, last node" },
];

/** The nodes as a list one moves through with the arrow keys, cut into layers. */
export function NodeList({ nodes, onHover }: NodeListProps) {
  const selected = useAppState((state) => state.node);
  const selectNode = useAppState((state) => state.selectNode);
  const groups = useMemo(() => groupNodes(nodes), [nodes]);
  const highest = Math.max(...nodes.map(({ macs }) => macs));
  const list = useRef<HTMLDivElement>(null);
  useKeys(keys, "Pipeline", list);
  return (
    <ListBox
      ref={list}
      className="node-list"
      aria-label="Hardware nodes in stream order"
      orientation="horizontal"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        selectNode(nodes.find(({ name }) => keys !== "all" && keys.has(name))?.name ?? null);
        // The keyboard goes on while the pointer rests on a node: the choice shows, not the rest.
        onHover(null);
      }}
    >
      {groups.map((group) => (
        <ListBoxSection
          key={group.title}
          id={group.title}
          className={`node-list__group node-list__group--${group.kind}`}
          style={{ flexGrow: group.nodes.length }}
        >
          <Header className="node-list__title">
            {group.title}
            <span className="node-list__shape">{formatShape(layerShape(group.nodes))}</span>
          </Header>
          {group.nodes.map((node) => (
            <NodeBar key={node.name} node={node} highest={highest} onHover={onHover} />
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}

/** What the layer puts out; label selection after it says which outputs win, and is no layer. */
function layerShape(nodes: readonly NodeSummary[]): readonly number[] {
  return nodes.filter(({ kind }) => kind !== "LabelSelect").at(-1)?.outputShape ?? [];
}
