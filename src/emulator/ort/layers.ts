import {
  type ConvolutionInputGenerator,
  type DataflowGraph,
  type DataflowNode,
  type FMPadding,
  type NodeOf,
  type Stream,
  sizeOf,
} from "../../graph/dataflow";
import { StreamscopeError } from "../../graph/errors";

/** A node that computes, with the padding and the sliding window through which it reads its input. */
export interface Layer<N extends ComputingNode = ComputingNode> {
  readonly node: N;
  readonly pad: FMPadding["pad"];
  /** Null: it reads pixels one by one. */
  readonly window: ConvolutionInputGenerator | null;
  /** The map that it reads as one vector, pixel by pixel, before anything else; null if it reads maps as they are. */
  readonly flattens: Stream | null;
}

export type ComputingNode = Exclude<DataflowNode, NodeOf<"FMPadding" | "ConvolutionInputGenerator">>;

const unpadded: FMPadding["pad"] = { top: 0, left: 0, bottom: 0, right: 0 };

/**
 * A graph as the layers of standard networks: what the hardware does in three nodes (padding,
 * sliding window, MVAU) is one convolution.
 *
 * Throws `unsupported-model`, naming the node, where a window feeds a node that does not sum it up.
 */
export function layersOf(graph: DataflowGraph): Layer[] {
  const layers: Layer[] = [];
  let pad = unpadded;
  let window: ConvolutionInputGenerator | null = null;
  let flattens: Stream | null = null;
  let stream = graph.input;
  for (const node of graph.nodes) {
    if (readsAsVector(node, stream)) {
      if (window || pad !== unpadded) throw refusal(node.name, "it reads a stream of windows as one vector");
      flattens = stream;
    }
    stream = node.output;
    if (node.kind === "FMPadding") {
      if (window) throw refusal(node.name, "it pads a stream of windows");
      pad = addPads(pad, node.pad);
    } else if (node.kind === "ConvolutionInputGenerator") {
      if (window) throw refusal(node.name, "it slides over a stream of windows");
      window = node;
    } else {
      const layer: Layer = { node, pad, window, flattens };
      checkWindow(layer);
      layers.push(layer);
      pad = unpadded;
      window = null;
      flattens = null;
    }
  }
  return layers;
}

/** Does the node read a map of several pixels as a vector? */
function readsAsVector(node: DataflowNode, { shape }: Stream): boolean {
  return node.input.shape.length < shape.length && sizeOf(shape.slice(1, -1)) > 1;
}

function addPads(a: FMPadding["pad"], b: FMPadding["pad"]): FMPadding["pad"] {
  return {
    top: a.top + b.top,
    left: a.left + b.left,
    bottom: a.bottom + b.bottom,
    right: a.right + b.right,
  };
}

function checkWindow({ node, window }: Layer): void {
  if (node.kind === "MVAU") return;
  if (node.kind === "VVAU" || node.kind === "Pool") {
    const [height, width] = window?.kernel ?? [1, 1];
    if (height === node.kernel[0] && width === node.kernel[1]) return;
    throw refusal(node.name, `no ${node.kernel.join("x")} window comes right before it`);
  }
  if (window) throw refusal(node.name, `it reads the windows of ${window.name} without summing them up`);
}

/** The error for what cannot be written as standard ONNX. */
export function refusal(node: string, reason: string): StreamscopeError {
  return new StreamscopeError("unsupported-model", `${node} cannot be written as standard ONNX: ${reason}.`, {
    node,
    reason,
  });
}
