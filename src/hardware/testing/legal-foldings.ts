import { type Arbitrary, array, constantFrom, integer, option, record, tuple } from "fast-check";
import { type DataflowGraph, type DataflowNode, mapShape } from "../../graph/dataflow";
import { attributeNames } from "../attributes";
import { type Attributes, type AttributeValue, type FoldingConfig, instanceName } from "../folding-config";
import { legalFolding } from "../models";

/** Legal foldings of a graph: every attribute that a node has, and any FIFO, set or left alone. */
export function legalFoldings(graph: DataflowGraph): Arbitrary<FoldingConfig> {
  const nodes = tuple(...graph.nodes.map(nodeAttributes));
  // However many converters a folding needs, there are at least these FIFOs.
  const fifos = array(option(fifoAttributes, { nil: undefined }), {
    minLength: graph.nodes.length + 1,
    maxLength: graph.nodes.length + 1,
  });
  return tuple(nodes, fifos).map(([ofNodes, ofFifos]) => {
    const named = new Map<string, Attributes>();
    for (const [i, node] of graph.nodes.entries()) {
      named.set(node.name, { ...ofNodes[i], ...following(graph.nodes[i - 1], ofNodes[i - 1], node) });
    }
    for (const [edge, attributes] of ofFifos.entries()) {
      if (attributes) named.set(instanceName("StreamingFIFO", "rtl", edge), attributes);
    }
    return { defaults: new Map(), nodes: named };
  });
}

const ramStyles = constantFrom("auto", "block", "distributed", "ultra");
const wish = integer({ min: 0, max: 40 }).map((depth) => [depth]);

const fifoAttributes: Arbitrary<Attributes> = record(
  {
    depth: constantFrom(0, 1, 2, 300, 40_000),
    impl_style: constantFrom("rtl", "vivado"),
    ram_style: ramStyles,
  },
  { requiredKeys: [] },
);

function nodeAttributes(node: DataflowNode): Arbitrary<Attributes> {
  const { PE = [1], SIMD = [1] } = legalFolding(node.kind, node);
  const smallMemories = node.kind === "Thresholding" || node.kind === "ChannelwiseOp";
  const values: Record<string, Arbitrary<number | string | number[]>> = {
    PE: constantFrom(...PE),
    SIMD: constantFrom(...SIMD),
    ram_style: smallMemories ? constantFrom("distributed", "block") : ramStyles,
    ram_style_thresholds: constantFrom("auto", "block", "distributed"),
    mem_mode: constantFrom("internal_embedded", "internal_decoupled"),
    resType: constantFrom("auto", "lut", "dsp"),
    runtime_writeable_weights: constantFrom(0, 1),
    parallel_window: constantFrom(0, 1),
    depth_trigger_bram: constantFrom(0, 512),
    depth_trigger_uram: constantFrom(0, 1024),
    inFIFODepths: wish,
    outFIFODepths: wish,
  };
  const has = Object.entries(values).filter(([attribute]) => attributeNames(node).includes(attribute));
  const some = record<Record<string, AttributeValue>>(Object.fromEntries(has), { requiredKeys: [] });
  return some.map((attributes) => ({ ...attributes, ...wholeWindow(node, attributes) }));
}

/** A whole window a beat needs all channels, unless each has its own. */
function wholeWindow(node: DataflowNode, { parallel_window }: Partial<Attributes>): Attributes {
  const whole = node.kind === "ConvolutionInputGenerator" && !node.depthwise && parallel_window === 1;
  return whole ? { SIMD: mapShape(node.input).channels } : {};
}

/** Who reads a depthwise window takes its channels as they come. */
function following(
  before: DataflowNode | undefined,
  attributes: Attributes | undefined,
  node: DataflowNode,
): Attributes {
  const window = before?.kind === "ConvolutionInputGenerator" && before.depthwise;
  const reads = node.kind === "VVAU" || node.kind === "Pool";
  return window && reads ? { PE: attributes?.SIMD ?? 1 } : {};
}
