import { mapShape } from "../graph/dataflow";
import type { Folded } from "./model";

/** Why a node that is unfolded as far as it goes takes the cycles it takes: a sentence. */
export function whyNoFaster({ node }: Folded): string {
  const { height, width } = mapShape(node.kind === "ConvolutionInputGenerator" ? node.input : node.output);
  const pixels = `${height} x ${width}`;
  switch (node.kind) {
    case "ConvolutionInputGenerator":
      return node.impl === "rtl"
        ? `Even with a whole window a beat it reads ${pixels} pixels, one a cycle.`
        : "Even with all channels side by side it puts out its windows one pixel a cycle.";
    case "Pool":
      return `Even with all channels side by side it adds up ${node.kernel.join(" x ")} pixels one a cycle.`;
    case "LabelSelect":
      return "Even with all labels side by side it takes a cycle.";
    default:
      return `Even fully unfolded it handles ${pixels} pixels, one a cycle.`;
  }
}
