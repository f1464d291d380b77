import type { NodeSummary } from "../../workers/emulator-api";
import { formatCount } from "../kit/format";
import { groupNodes } from "./group-nodes";

/** The pipeline in one sentence, while no node is looked at. */
export function PipelineSummary({ nodes }: { readonly nodes: readonly NodeSummary[] }) {
  const macs = nodes.reduce((sum, node) => sum + node.macs, 0);
  const weights = nodes.reduce((sum, node) => sum + node.weights, 0);
  const blocks = groupNodes(nodes).filter(({ kind }) => kind === "dws").length;
  return (
    <p className="pipeline-summary">
      {nodes.length} hardware nodes, {blocks} depthwise-separable (dws) blocks, {formatCount(macs)}{" "}
      multiply-accumulates a photo, {formatCount(weights)} weights. The layers are FINN’s, the weights our
      own. Heights show multiply-accumulates. Point at a node to see what it is, choose one to measure its
      output.
    </p>
  );
}
