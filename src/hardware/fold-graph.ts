import type { DataflowGraph, DataflowNode, NodeKind, Stream } from "../graph/dataflow";
import type { StreamscopeError } from "../graph/errors";
import { attributeNames, type FifoFolding, type FoldingOf } from "./attributes";
import { badFolding } from "./bad-folding";
import { checkConverter, checkFifo, checkFolding } from "./check-attributes";
import { type Attributes, type AttributeValue, emptyFolding, type FoldingConfig } from "./folding-config";
import { type Widths, withHardwareTypes } from "./hardware-types";
import { type HardwareInstance, hardwareInstances, insertedNames } from "./instances";
import type { Folded } from "./model";
import { refuseIllegalFolding } from "./refuse-illegal-folding";

/** A dataflow graph with all that FINN needs to build hardware from it. */
export interface FoldedGraph {
  readonly name: string;
  readonly input: Stream;
  readonly nodes: readonly Folded[];
  /** Nodes, width converters and FIFOs in stream order. */
  readonly instances: readonly HardwareInstance[];
}

export interface FoldOptions {
  /** Default: `from-weights`. */
  readonly widths?: Widths;
}

/**
 * Folds a graph as a folding file says; what it does not say has FINN's default. Throws `bad-input`,
 * naming the node, for a node that is not there, an attribute it does not have, a value that
 * is not legal or does not divide, and a VVAU or Pool that would read a depthwise window's channels
 * in another order than they come.
 */
export function foldGraph(
  graph: DataflowGraph,
  config: FoldingConfig = emptyFolding,
  { widths = "from-weights" }: FoldOptions = {},
): FoldedGraph {
  refuseUnknownNodes(config, graph);
  const folded = graph.nodes.map((node) => ({
    node,
    folding: checkFolding(node, attributesOf(node, config)),
  }));
  const writeable = new Set(folded.filter(isRuntimeWriteable).map(({ node }) => node.name));
  const nodes = withHardwareTypes(graph, widths, writeable).map(({ node, accumulator }, i) => {
    // Same order, and each folding was checked against its own node's kind: the pairs fit.
    return { kind: node.kind, node, folding: folded[i]?.folding, accumulator } as Folded;
  });
  refuseIllegalFolding(nodes);
  const fifos = namedFifos(config, nodes, graph);
  return { name: graph.name, input: graph.input, nodes, instances: hardwareInstances(nodes, fifos) };
}

function isRuntimeWriteable({ folding }: { folding: FoldingOf[NodeKind] }): boolean {
  return "runtime_writeable_weights" in folding && folding.runtime_writeable_weights === 1;
}

/** What the file says of a node: the defaults for its op type, and over them what stands under its name. */
function attributesOf(node: DataflowNode, { defaults, nodes }: FoldingConfig): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const [attribute, { value, opTypes }] of defaults) {
    const named = opTypes.includes(node.kind) || opTypes.includes(`${node.kind}_${node.impl}`);
    const meant = named || (opTypes.includes("all") && attributeNames(node).includes(attribute));
    if (meant) attributes[attribute] = value;
  }
  return { ...attributes, ...nodes.get(node.name) };
}

/** Refuses names that no node has; those of FIFOs and width converters are known only after folding. */
function refuseUnknownNodes({ nodes }: FoldingConfig, graph: DataflowGraph): void {
  const there = new Set(graph.nodes.map(({ name }) => name));
  for (const name of nodes.keys()) {
    if (!there.has(name) && !isInserted(name)) throw unknownNode(name, graph);
  }
}

/** The settings of the FIFOs that the file names. */
function namedFifos(
  config: FoldingConfig,
  nodes: readonly Folded[],
  graph: DataflowGraph,
): ReadonlyMap<string, Partial<FifoFolding>> {
  const inserted = insertedNames(nodes);
  const fifos = new Map<string, Partial<FifoFolding>>();
  for (const [name, attributes] of config.nodes) {
    if (!isInserted(name)) continue;
    if (inserted.fifos.has(name)) fifos.set(name, given(checkFifo(name, attributes), attributes));
    else if (inserted.converters.has(name)) checkConverter(name, attributes);
    else throw unknownNode(name, graph);
  }
  return fifos;
}

/** Is it the name of a FIFO or width converter, which stand where the folding puts them? */
export const isInserted = (name: string): boolean => /^Streaming(FIFO|DataWidthConverter)_/.test(name);

/** Without the defaults: a FIFO's default depth is what its neighbours wish for. */
function given(fifo: FifoFolding, attributes: Attributes): Partial<FifoFolding> {
  return Object.fromEntries(Object.entries(fifo).filter(([attribute]) => attribute in attributes));
}

function unknownNode(name: string, graph: DataflowGraph): StreamscopeError {
  return badFolding(name, `the folding names it, but ${graph.name} has no such node; ${census(graph, name)}`);
}

/** How many nodes there are of the kind that a wrong name means. */
function census(graph: DataflowGraph, name: string): string {
  const kind = name.split("_")[0];
  const counts = new Map<string, number>();
  for (const node of graph.nodes.filter((one) => one.kind === kind)) {
    const opType = `${node.kind}_${node.impl}`;
    counts.set(opType, (counts.get(opType) ?? 0) + 1);
  }
  const there = [...counts].map(([opType, count]) => `${count} ${opType}`);
  return there.length > 0
    ? `it has ${there.join(" and ")}, numbered from 0.`
    : `it has ${graph.nodes.length} nodes, none of that kind.`;
}
