import {
  type ChannelwiseOp,
  type ConvolutionInputGenerator,
  type DataflowGraph,
  type DataflowNode,
  type FMPadding,
  type LabelSelect,
  type MVAU,
  mapShape,
  type Pool,
  type Stream,
  type Thresholding,
  type VVAU,
} from "../../graph/dataflow";
import { int } from "../../graph/datatype";
import { StreamscopeError } from "../../graph/errors";
import { isDense, type MapLayout, mapLayout } from "./layout";

/** Which input pixels an output pixel is made from. Below and to the right, padding follows from the sizes. */
export interface Window {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padTop: number;
  readonly padLeft: number;
}

/** What one dispatch computes. FMPadding and SWG have gone into the window of the layer they feed. */
export type Operation =
  | { readonly kind: "mvau"; readonly node: MVAU; readonly window: Window }
  | { readonly kind: "vvau"; readonly node: VVAU; readonly window: Window }
  | { readonly kind: "pool"; readonly node: Pool; readonly window: Window }
  | { readonly kind: "thresholding"; readonly node: Thresholding }
  | { readonly kind: "channelwise"; readonly node: ChannelwiseOp }
  | { readonly kind: "labelSelect"; readonly node: LabelSelect }
  /** Padding or windows written out, for a consumer that cannot take them in. */
  | { readonly kind: "window"; readonly window: Window }
  /** The same values as a map of another shape. */
  | { readonly kind: "reshape" };

export interface PlannedStep<Op extends Operation = Operation> {
  readonly operation: Op;
  readonly input: PlannedMap;
  readonly output: PlannedMap;
}

/** A feature map in GPU memory. Maps of the same `buffer` are the same bytes under another shape. */
export interface PlannedMap {
  readonly layout: MapLayout;
  readonly buffer: number;
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly input: PlannedMap;
  readonly logits: PlannedMap;
  /** LabelSelect's k pairs (index, logit). */
  readonly labels: PlannedMap;
  /** What each node writes, by name; FMPadding and SWG, which only rearrange, are not among them. */
  readonly maps: ReadonlyMap<string, PlannedMap>;
  readonly buffers: number;
}

export const identityWindow: Window = {
  kernel: [1, 1],
  stride: [1, 1],
  dilation: [1, 1],
  padTop: 0,
  padLeft: 0,
};

/** Does each output pixel see just the input pixel in its place? */
export const isPointwise = ({ operation, input, output }: PlannedStep): boolean =>
  "window" in operation &&
  operation.window.kernel.every((side) => side === 1) &&
  operation.window.stride.every((stride) => stride === 1) &&
  input.layout.height === output.layout.height &&
  input.layout.width === output.layout.width;

/**
 * Turns the hardware's nodes into dispatches, in stream order: FMPadding and SWG are taken into
 * the MVAU, VVAU or Pool they feed, all others are a step each.
 *
 * Throws `unsupported-model` for a graph that does not end in LabelSelect.
 */
export function planGraph(graph: DataflowGraph): Plan {
  return new Planner(graph).plan();
}

class Planner {
  readonly #steps: PlannedStep[] = [];
  readonly #maps = new Map<string, PlannedMap>();
  readonly #input: PlannedMap;
  #buffers = 0;
  /** What the last step wrote. */
  #map: PlannedMap;
  /** Padding and window that wait for the layer they feed. */
  #padding: FMPadding | null = null;
  #generator: ConvolutionInputGenerator | null = null;

  constructor(private readonly graph: DataflowGraph) {
    this.#input = this.#newMap(mapLayout(graph.input));
    this.#map = this.#input;
  }

  plan(): Plan {
    const last = this.graph.nodes.at(-1);
    if (last?.kind !== "LabelSelect") {
      throw new StreamscopeError(
        "unsupported-model",
        `${this.graph.name} does not end in LabelSelect, so it has no classes to show.`,
      );
    }
    for (const node of this.graph.nodes.slice(0, -1)) this.#visit(node);
    return this.#finish(last);
  }

  #finish(node: LabelSelect): Plan {
    this.#readAs(node.input);
    const logits = this.#map;
    const pairs = { shape: [1, 2 * node.k], datatype: int(32) };
    this.#append({ kind: "labelSelect", node }, mapLayout(pairs));
    this.#maps.set(node.name, this.#map);
    return {
      steps: this.#steps,
      input: this.#input,
      logits,
      labels: this.#map,
      maps: this.#maps,
      buffers: this.#buffers,
    };
  }

  #visit(node: DataflowNode): void {
    switch (node.kind) {
      case "FMPadding":
        this.#readAs(node.input);
        this.#padding = node;
        return;
      case "ConvolutionInputGenerator":
        if (this.#generator || !this.#comesAs(node.input)) this.#readAs(node.input);
        this.#generator = node;
        return;
      case "MVAU":
        this.#appendNode({ kind: "mvau", node, window: this.#windowInto(node.input) });
        return;
      case "VVAU":
        this.#appendNode({ kind: "vvau", node, window: this.#channelWindowInto(node) });
        return;
      case "Pool":
        this.#appendNode({ kind: "pool", node, window: this.#channelWindowInto(node) });
        return;
      case "Thresholding":
        this.#readAs(node.input);
        this.#appendNode({ kind: "thresholding", node });
        return;
      case "ChannelwiseOp":
        this.#readAs(node.input);
        this.#appendNode({ kind: "channelwise", node });
        return;
      case "LabelSelect":
        throw new StreamscopeError(
          "unsupported-model",
          `${node.name} (LabelSelect) is not the last node of ${this.graph.name}.`,
          { node: node.name },
        );
    }
  }

  /** The pending window for a layer that reads all its values together; or none. */
  #windowInto(input: Stream): Window {
    if ((this.#generator || this.#padding) && this.#comesAs(input)) return this.#takeWindow();
    this.#readAs(input);
    return identityWindow;
  }

  /** The pending window for a layer that reads it channel by channel. */
  #channelWindowInto({ input, kernel, channels }: VVAU | Pool): Window {
    const taps = kernel[0] * kernel[1];
    const [height, width] = this.#generator?.kernel ?? [1, 1];
    if (taps === height * width) return this.#windowInto(input);
    // The windows came from elsewhere, pixel by pixel: read each as a row of `taps` pixels.
    const { height: rows, width: columns } = mapShape(input);
    this.#readAs({ shape: [1, rows, columns * taps, channels], datatype: input.datatype });
    return { ...identityWindow, kernel: [1, taps], stride: [1, taps] };
  }

  #takeWindow(): Window {
    const { kernel, stride, dilation } = this.#generator ?? identityWindow;
    const { top, left } = this.#padding?.pad ?? { top: 0, left: 0 };
    this.#generator = null;
    this.#padding = null;
    return { kernel, stride, dilation, padTop: top, padLeft: left };
  }

  /** Is the stream, with pending padding and window, of this shape? */
  #comesAs(stream: Stream): boolean {
    const pending = this.#generator ?? this.#padding;
    const comes = pending ? mapShape(pending.output) : this.#map.layout;
    return sameShape(comes, mapShape(stream));
  }

  /** Makes the current map what a node reads: pending rearrangements written out, in the node's shape. */
  #readAs(stream: Stream): void {
    const pending = this.#generator ?? this.#padding;
    if (pending) this.#append({ kind: "window", window: this.#takeWindow() }, mapLayout(pending.output));
    const layout = mapLayout(stream);
    if (sameShape(this.#map.layout, layout)) return;
    if (isDense(this.#map.layout) && isDense(layout)) this.#map = { layout, buffer: this.#map.buffer };
    else this.#append({ kind: "reshape" }, layout);
  }

  #appendNode(operation: Extract<Operation, { readonly node: DataflowNode }>): void {
    const { name, output } = operation.node;
    this.#append(operation, mapLayout(output));
    this.#maps.set(name, this.#map);
  }

  #append(operation: Operation, layout: MapLayout): void {
    const output = this.#newMap(layout);
    this.#steps.push({ operation, input: this.#map, output });
    this.#map = output;
  }

  #newMap(layout: MapLayout): PlannedMap {
    return { layout, buffer: this.#buffers++ };
  }
}

type Shape = ReturnType<typeof mapShape>;

const sameShape = (a: Shape, b: Shape): boolean =>
  a.height === b.height && a.width === b.width && a.channels === b.channels;
