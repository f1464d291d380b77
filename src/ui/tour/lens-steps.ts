import type { Activation } from "../../graph/dataflow";
import { windowGeometry, wordsBeforeFirstWindow } from "../../hardware/sliding-window";
import { formatInteger } from "../kit/format";
import { blockNode, busyCycle, lensNode, tourBlock } from "./find-facts";
import type { TourFacts } from "./tour-facts";
import type { Looks, TourStep } from "./tour-step";

export const dwsBlock: TourStep = {
  title: "A depthwise-separable block",
  view: "lens",
  needs: "simulation",
  target: () => ({ selector: '[data-tour="stages"]', name: "the block" }),
  looks: (facts) => looksAt(facts, blockNode(facts.design, "VVAU", "MVAU")?.name),
  text({ design }) {
    const idea =
      "MobileNet splits a convolution in two: a depthwise one, in which each channel has a small filter of its own, and a pointwise one, which mixes the channels of a pixel.";
    const block = tourBlock(design);
    if (!block) return idea;
    const machines = `${block.title} is ${block.nodes.length} nodes in a row: each hands its integers to the next as soon as it has them.`;
    const depthwise = block.nodes.find(({ kind }) => kind === "VVAU");
    const pointwise = block.nodes.find(({ kind }) => kind === "MVAU");
    if (!depthwise || !pointwise) return `${idea} ${machines}`;
    return `${idea} ${machines} ${depthwise.name} computes the depthwise part and ${pointwise.name} the pointwise one.`;
  },
  trial: {
    text: () => "Choose another block: all of them are here, with the numbers of the same photo.",
    isDone: (now, entry) => now.block !== entry.block,
  },
};

const lineBufferKind = "ConvolutionInputGenerator";

export const lineBuffer: TourStep = {
  title: "The line buffer",
  view: "lens",
  needs: "simulation",
  target: () => ({ selector: `[data-kind="${lineBufferKind}"]`, name: "the line buffer" }),
  looks: (facts) => looksAt(facts, blockNode(facts.design, lineBufferKind)?.name),
  text(facts) {
    const idea =
      "Pixels come once, row by row, but windows overlap. So the sliding window generator keeps the few rows that are still needed, and never a whole feature map.";
    const folded = lensNode(facts, blockNode(facts.design, lineBufferKind)?.name, lineBufferKind);
    if (!folded) return idea;
    const { height, width, kernelHeight, kernelWidth, channelFold } = windowGeometry(folded);
    const pixels = Math.ceil(wordsBeforeFirstWindow(folded) / channelFold);
    return `${idea} Here the map has ${height} × ${width} pixels and the window ${kernelHeight} × ${kernelWidth}: after ${formatInteger(pixels)} of ${formatInteger(height * width)} pixels the first window can go.`;
  },
  trial: {
    text: () =>
      "Press Step on above the block, or the key “.”, and watch the window move over the rows that are held.",
    isDone: steppedOn,
  },
};

/** Nodes that have thresholds, those with nothing else first. */
export const thresholdKinds = ["Thresholding", "VVAU", "MVAU"] as const;

export const thresholds: TourStep = {
  title: "Thresholds instead of floats",
  view: "lens",
  needs: "simulation",
  target: ({ design }) => ({
    selector: `[data-kind="${blockNode(design, ...thresholdKinds)?.kind ?? "VVAU"}"] [data-tour="thresholds"]`,
    name: "the thresholds",
  }),
  looks: (facts) => looksAt(facts, blockNode(facts.design, ...thresholdKinds)?.name),
  text(facts) {
    const idea =
      "Scale, batch norm, activation and rounding only ever raise the output as the sum grows. So they were turned into integer thresholds: how many a sum reaches is its value, and no float is left.";
    const name = blockNode(facts.design, ...thresholdKinds)?.name;
    const shape = name ? thresholdShape(facts, name) : null;
    if (!name || !shape) return idea;
    const [channels, steps] = shape;
    return `${idea} ${name} has ${formatInteger(steps)} thresholds for each of its ${formatInteger(channels)} channels, which gives ${formatInteger(steps + 1)} values.`;
  },
  trial: {
    text: () =>
      "Press Step on above the block, or the key “.”, and see where the sum comes to stand on its staircase.",
    isDone: steppedOn,
  },
};

/** The block, with one of its nodes, in the middle of a frame. */
function looksAt({ design, pipeline }: TourFacts, node: string | undefined): Partial<Looks> {
  return {
    block: tourBlock(design)?.id ?? null,
    ...(node ? { node } : {}),
    ...(pipeline ? { playing: false, cycle: busyCycle(pipeline) } : {}),
  };
}

/** `[channels, steps]` of a node's thresholds. */
function thresholdShape(facts: TourFacts, name: string): readonly [number, number] | null {
  for (const kind of thresholdKinds) {
    const activation: Activation | null | undefined = lensNode(facts, name, kind)?.node.activation;
    const [channels, steps] = activation?.thresholds.shape ?? [];
    if (channels && steps) return [channels, steps];
  }
  return null;
}

function steppedOn(
  now: Pick<Looks, "cycle" | "playing"> & { readonly streaming: unknown },
  entry: Pick<Looks, "cycle"> & { readonly streaming: unknown },
): boolean {
  return !now.playing && now.cycle !== entry.cycle && now.streaming === entry.streaming;
}
