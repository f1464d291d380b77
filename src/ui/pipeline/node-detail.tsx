import type { NodeSummary } from "../../workers/emulator-api";
import { formatCount, formatShape, formatShare } from "../kit/format";
import { NodeName } from "../kit/node-name";
import { NodeActivations } from "./node-activations";
import { nodeKinds } from "./node-kinds";
import "./node-detail.css";

export interface NodeDetailProps {
  readonly node: NodeSummary;
  /** All nodes, for shares of the whole. */
  readonly nodes: readonly NodeSummary[];
  /** Was the node chosen, not only pointed at? Then its output can be measured. */
  readonly chosen: boolean;
}

/** One node in words and figures. */
export function NodeDetail({ node, nodes, chosen }: NodeDetailProps) {
  const total = nodes.reduce((sum, other) => sum + other.macs, 0);
  const place = nodes.indexOf(node) + 1;
  return (
    <div className="node-detail">
      <div>
        <h3 className="node-detail__name">
          <NodeName name={node.name} />
        </h3>
        <p className="node-detail__meaning">{nodeKinds[node.kind].meaning}</p>
      </div>
      <dl className="node-detail__figures">
        <Figure name="Node" value={`${place} of ${nodes.length}`} />
        <Figure name="In" value={formatShape(node.inputShape)} unit={node.inputType} />
        <Figure name="Out" value={formatShape(node.outputShape)} unit={node.outputType} />
        {node.macs > 0 && (
          <Figure
            name="MACs"
            value={formatCount(node.macs)}
            unit={`${formatShare(node.macs / total)} of all`}
          />
        )}
        {node.weights > 0 && <Figure name="Weights" value={formatCount(node.weights)} />}
      </dl>
      {chosen && <NodeActivations node={node.name} />}
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
}

function Figure({ name, value, unit }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {unit && <span className="node-detail__unit">{unit}</span>}
      </dd>
    </div>
  );
}
