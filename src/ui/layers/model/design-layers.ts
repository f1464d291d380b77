import { dataType } from "../../../graph/datatype";
import type { NodeRow } from "../../../hardware/folding-report";
import type { NodeSummary } from "../../../workers/emulator-api";
import { emulatedNodes } from "../../lens/model/emulated-node";
import type { Layer } from "./layer";

type Row = Pick<NodeRow, "name" | "kind" | "accumulatorBits">;

/**
 * The emulator's layers as a design has them, under the design's names: where the thresholds of an
 * MVAU or VVAU are a node of their own, they are two layers, the sums and the values after the
 * thresholds. Null where the two are not the same network.
 */
export function designLayers(layers: readonly Layer[], rows: readonly Row[]): Layer[] | null {
  const [input, ...computed] = layers;
  const nodes = computed.flatMap(({ node }) => node ?? []);
  const names = emulatedNodes(rows, nodes);
  if (!input || !names) return null;
  const byName = new Map(computed.map((layer) => [layer.tapped, layer]));
  const layerOf = (row: Row | undefined) => byName.get(names.get(row?.name ?? "") ?? null);
  return [
    input,
    ...rows.flatMap((row, i) => {
      const own = layerOf(row);
      if (own?.node) return named(own, own.node.kind === row.kind ? own.node : thresholdsOf(own.node), row);
      const next = layerOf(rows[i + 1]);
      return next?.node ? sumsOf(next, next.node, row) : [];
    }),
  ];
}

const named = (layer: Layer, node: NodeSummary, { name }: Row): Layer => ({
  ...layer,
  node: { ...node, name },
  title: name,
});

/** What stands behind the sums. */
const thresholdsOf = (node: NodeSummary): NodeSummary => ({
  ...node,
  kind: "Thresholding",
  inputShape: node.outputShape,
  macs: 0,
  weights: 0,
});

function sumsOf(layer: Layer, node: NodeSummary, row: Row): Layer {
  const datatype = dataType(`INT${row.accumulatorBits ?? 32}`);
  const sums = named(layer, { ...node, outputType: datatype.name }, row);
  return { ...sums, datatype, tapped: null };
}
