import type { DataflowGraph } from "../graph/dataflow";
import { type CoupledAxis, couplings, type FoldingAxis } from "./couplings";
import { type FoldedGraph, type FoldOptions, foldGraph } from "./fold-graph";
import type { Attributes, FoldingConfig } from "./folding-config";
import { hardwareInstances, insertedNames } from "./instances";
import type { Folded } from "./model";

/** A new PE or SIMD of one node. */
export interface FoldingEdit {
  readonly node: string;
  readonly axis: FoldingAxis;
  readonly value: number;
}

export interface EditedFolding {
  readonly config: FoldingConfig;
  readonly folded: FoldedGraph;
  /** The neighbour's axis that had to change too. */
  readonly along: CoupledAxis | null;
  /** FIFOs, by their names before, whose settings were given up. */
  readonly givenUp: readonly string[];
}

/**
 * Changes one PE or SIMD, and with it the neighbour's that must be equal.
 *
 * FIFOs are named by number, and a width converter that comes or goes moves the numbers. What the
 * folding says of a FIFO follows it to its new number as long as it stands between the same two
 * neighbours with the same beat. A depth counts beats: where the beat has another size it would mean
 * another amount of data, so there it is given up, and FINN's default holds again.
 *
 * Throws `bad-input` like `foldGraph`.
 */
export function editFolding(
  graph: DataflowGraph,
  config: FoldingConfig,
  { node, axis, value }: FoldingEdit,
  options: FoldOptions = {},
): EditedFolding {
  const coupling = couplings(graph.nodes).get(node);
  const along = coupling?.own === axis ? coupling.other : null;
  const nodes = new Map(config.nodes);
  nodes.set(node, { ...nodes.get(node), [axis]: value });
  if (along) nodes.set(along.node, { ...nodes.get(along.node), [along.axis]: value });

  const before = edgesOf(foldGraph(graph, config, options).nodes);
  for (const name of before.keys()) nodes.delete(name);
  const after = namesByEdge(edgesOf(foldGraph(graph, { ...config, nodes }, options).nodes));
  const givenUp: string[] = [];
  for (const [name, attributes] of config.nodes) {
    const edge = before.get(name);
    if (edge === undefined) continue;
    const now = after.get(edge);
    if (now) nodes.set(now, attributes);
    else if (saysOfFifo(name, attributes)) givenUp.push(name);
  }
  const edited = { ...config, nodes };
  return { config: edited, folded: foldGraph(graph, edited, options), along, givenUp };
}

const saysOfFifo = (name: string, attributes: Attributes): boolean =>
  name.startsWith("StreamingFIFO_") && Object.keys(attributes).length > 0;

/**
 * Where each FIFO and width converter stands, by its name: the nodes before and after, on which
 * side of a converter, and the beat.
 */
function edgesOf(nodes: readonly Folded[]): Map<string, string> {
  // Also those that a depth of 0 takes out have a place.
  const all = new Map([...insertedNames(nodes).fifos].map((name) => [name, { depth: 1 }]));
  const instances = hardwareInstances(nodes, all);
  const edges = new Map<string, string>();
  let before = "";
  for (const [i, instance] of instances.entries()) {
    if (instance.kind === "node") {
      before = instance.name;
      continue;
    }
    const after = instances.slice(i).find(({ kind }) => kind === "node")?.name ?? "";
    edges.set(instance.name, [before, after, placeOf(instance)].join(" "));
  }
  return edges;
}

function placeOf(instance: Exclude<ReturnType<typeof hardwareInstances>[number], { kind: "node" }>): string {
  if (instance.kind !== "StreamingFIFO") return `${instance.inputLanes}:${instance.outputLanes}`;
  const isConverter = (name: string | null) => name?.startsWith("StreamingDataWidthConverter_") ?? false;
  const side = [isConverter(instance.from), isConverter(instance.to)].join(",");
  return `${side} ${instance.lanes}`;
}

const namesByEdge = (edges: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...edges].map(([name, edge]) => [edge, name]));
