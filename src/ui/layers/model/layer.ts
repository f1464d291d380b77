import type { DataType } from "../../../graph/datatype";
import { dataType } from "../../../graph/datatype";
import type { LoadedModel, NodeSummary } from "../../../workers/emulator-api";

/**
 * What the view shows one after the other: the network's input, then the output of each node.
 * A sliding window's output repeats its input; it is shown as the middle of each window, so its
 * `channels` are those of what it slides over.
 */
export interface Layer {
  /** Null for the network's input. */
  readonly node: NodeSummary | null;
  /** For people: the node's name. */
  readonly title: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly datatype: DataType;
  /**
   * Name of the emulator's node whose output this is. Null for the network's input, and for sums on
   * their way to thresholds of their own, which the emulator does not keep.
   */
  readonly tapped: string | null;
}

export const inputTitle = "Network input";

/** The layers of a model in stream order; the first is its input. */
export function layersOf({ inputShape, nodes }: Pick<LoadedModel, "inputShape" | "nodes">): Layer[] {
  const input: Layer = {
    node: null,
    title: inputTitle,
    ...mapSize(inputShape),
    datatype: dataType(nodes[0]?.inputType ?? "UINT8"),
    tapped: null,
  };
  return [input, ...nodes.map(layerOf)];
}

function layerOf(node: NodeSummary): Layer {
  const size = mapSize(node.outputShape);
  return {
    node,
    title: node.name,
    ...size,
    channels: node.window ? mapSize(node.inputShape).channels : size.channels,
    datatype: dataType(node.outputType),
    tapped: node.name,
  };
}

/** `[1, h, w, c]`; a vector `[1, n]` is a 1x1 map of n channels. */
export function mapSize(shape: readonly number[]): { height: number; width: number; channels: number } {
  const [height = 1, width = 1] = shape.length === 4 ? shape.slice(1, 3) : [];
  return { height, width, channels: shape.at(-1) ?? 1 };
}

/** Does it put out sums, which the node after it makes values of? */
export const isSums = ({ node, tapped }: Layer): boolean => node !== null && tapped === null;
