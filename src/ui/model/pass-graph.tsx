import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import type { NodeSnapshot } from "../../compiler/snapshot";
import { formatShape } from "../kit/format";
import { FamilyGlyph } from "./family-glyph";
import { nodesOf } from "./model/describe-pass";
import type { Fate, GraphNodes } from "./model/graph-at";
import { familyOf } from "./model/op-families";
import { NodeInspector } from "./node-inspector";
import "./pass-graph.css";

export interface PassGraphProps {
  readonly before: GraphNodes;
  readonly after: GraphNodes;
  readonly fates: ReadonlyMap<string, Fate>;
  /** The node under the eye. */
  readonly node: string | null;
  onNode(node: string): void;
}

/** The graph after a pass as a list in topological order, and the node under the eye beside it. */
export function PassGraph({ before, after, fates, node, onNode }: PassGraphProps) {
  const shown = node === null ? undefined : (after.get(node) ?? before.get(node));
  return (
    <section className="pass-graph" aria-labelledby="pass-graph-heading">
      <h4 id="pass-graph-heading">The graph then: {nodesOf(after.size)}</h4>
      <div className="pass-graph__pair">
        <ListBox
          className="pass-graph__list"
          aria-label="Nodes in order"
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={node !== null && after.has(node) ? [node] : []}
          onSelectionChange={(keys) => {
            const [key] = keys === "all" ? [] : keys;
            if (key !== undefined) onNode(String(key));
          }}
          items={[...after.values()].map((one) => ({
            ...one,
            id: one.name,
            fate: fates.get(one.name) ?? null,
          }))}
        >
          {(one) => <GraphRow node={one} fate={one.fate} />}
        </ListBox>
        <div className="pass-graph__node">
          {shown ? (
            <NodeInspector node={shown} fate={fates.get(shown.name) ?? null} />
          ) : (
            <p className="pass-graph__hint">
              Choose a node to see its attributes, shapes, types and weights.
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function GraphRow({ node, fate }: { readonly node: NodeSnapshot; readonly fate: Fate | null }) {
  const output = node.outputs[0];
  const shape = output?.shape ? formatShape(output.shape) : "shape not known yet";
  const words = [node.name, node.op, shape, output?.type, fate].filter(Boolean).join(", ");
  return (
    <ListBoxItem id={node.name} textValue={node.name} aria-label={words} className="pass-graph__row">
      <FamilyGlyph family={familyOf(node.op)} />
      <span className="pass-graph__name">
        {node.name}
        {!node.name.startsWith(node.op) && <span className="pass-graph__op"> {node.op}</span>}
        {fate && <span className="pass-graph__fate"> {fate}</span>}
      </span>
      <span className="pass-graph__output">
        {shape} {output?.type}
      </span>
    </ListBoxItem>
  );
}
