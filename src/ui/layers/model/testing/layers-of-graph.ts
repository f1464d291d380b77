import type { DataflowGraph } from "../../../../graph/dataflow";
import type { NodeSummary } from "../../../../workers/emulator-api";
import { type Layer, layersOf } from "../layer";

/** The layers of a graph, as the page knows them. */
export function layersOfGraph(graph: DataflowGraph): Layer[] {
  const nodes = graph.nodes.map(
    (node): NodeSummary => ({
      name: node.name,
      kind: node.kind,
      inputShape: node.input.shape,
      inputType: node.input.datatype.name,
      outputShape: node.output.shape,
      outputType: node.output.datatype.name,
      macs: 0,
      weights: 0,
      pad: node.kind === "FMPadding" ? node.pad : null,
      window: node.kind === "ConvolutionInputGenerator" ? node : null,
    }),
  );
  return layersOf({ inputShape: graph.input.shape, nodes });
}
