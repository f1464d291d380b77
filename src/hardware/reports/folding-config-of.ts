import { attributeNames } from "../attributes";
import type { FoldedGraph } from "../fold-graph";
import { type Attributes, type AttributeValue, type FoldingConfig, instanceName } from "../folding-config";
import type { HardwareInstance } from "../instances";
import type { Folded } from "../model";

/** FINN: hw_attrs of step_set_fifo_depths, in its order. */
const hardwareAttributes = [
  "PE",
  "SIMD",
  "parallel_window",
  "ram_style",
  "depth",
  "impl_style",
  "resType",
  "mem_mode",
  "runtime_writeable_weights",
  "inFIFODepths",
  "outFIFODepths",
  "depth_trigger_uram",
  "depth_trigger_bram",
];
/** The wishes for FIFOs: FINN's auto_folding_config.json is without them. */
const fifoWishes = ["inFIFODepths", "outFIFODepths"];
/** What converters and FIFOs have too, to no effect. */
const noWishes = { inFIFODepths: [2], outFIFODepths: [2] };

/**
 * The folding of a graph with every attribute that FINN writes, defaults too, a node after the other
 * in stream order. With `fifos`, FINN's `final_hw_config.json`: width converters and all FIFOs as
 * well, one taken out with a depth of 0; folding with it gives the same graph. Without, FINN's
 * `auto_folding_config.json`: the nodes, but not their wishes for FIFOs.
 */
export function foldingConfigOf(folded: FoldedGraph, { fifos }: { readonly fifos: boolean }): FoldingConfig {
  const entries: (readonly [name: string, Attributes])[] = fifos
    ? everyInstance(folded)
    : folded.nodes.map((node) => [node.node.name, nodeAttributes(node, false)]);
  return { defaults: new Map(), nodes: new Map(entries) };
}

function everyInstance({ instances }: FoldedGraph): [name: string, Attributes][] {
  const blocks = instances.filter((one) => one.kind !== "StreamingFIFO");
  const fifos = new Map(
    instances.filter((one) => one.kind === "StreamingFIFO").map((one) => [one.name, one]),
  );
  const edges = blocks.length === 0 ? 0 : blocks.length + 1;
  return Array.from({ length: edges }, (_, edge) => {
    const name = instanceName("StreamingFIFO", "rtl", edge);
    const { ram_style, depth, impl_style } = fifos.get(name)?.folding ?? takenOut;
    const block = blocks[edge];
    const fifo: [string, Attributes] = [name, { ram_style, depth, impl_style, ...noWishes }];
    return block ? [fifo, blockAttributes(block)] : [fifo];
  }).flat();
}

const takenOut = { ram_style: "auto", depth: 0, impl_style: "rtl" } as const;

function blockAttributes(block: Exclude<HardwareInstance, { kind: "StreamingFIFO" }>): [string, Attributes] {
  return [block.name, block.kind === "node" ? nodeAttributes(block.folded, true) : noWishes];
}

function nodeAttributes({ node, folding }: Folded, wishes: boolean): Attributes {
  const has = attributeNames(node);
  const values: Readonly<Record<string, AttributeValue>> = folding;
  const attributes: Record<string, AttributeValue> = {};
  for (const attribute of hardwareAttributes) {
    const value = values[attribute];
    if (value === undefined || !has.includes(attribute)) continue;
    if (wishes || !fifoWishes.includes(attribute)) attributes[attribute] = value;
  }
  // FINN's list lacks it, so only a folding that needs it has it.
  const thresholds = values.ram_style_thresholds;
  if (thresholds !== undefined && thresholds !== "auto") attributes.ram_style_thresholds = thresholds;
  return attributes;
}
