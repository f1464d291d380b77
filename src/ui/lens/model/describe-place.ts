import { mapShape } from "../../../graph/dataflow";
import { windowGeometry } from "../../../hardware/sliding-window";
import { coordinatesIn } from "./beats";
import { type Chain, streamOn } from "./chain";
import type { Place, ValuePlace } from "./place";
import { isReducer, reductionOf } from "./reduction";

/** Where a number stands, in words: "channel 5 at row 3, column 10 of VVAU_hls_0’s output". `before` names what feeds the chain. */
export function describePlace(chain: Chain, place: Place, before: string): string {
  switch (place.kind) {
    case "value":
      return describeValue(chain, place, before);
    case "weight":
      return `weight of ${channelName(chain, place)} for ${termName(chain, place)}`;
    case "product":
      if (chain.nodes[place.node]?.kind === "Pool") {
        return `part of the sum of ${channelName(chain, place)} from ${termName(chain, place)}, ${pixelName(chain, place)}`;
      }
      return `product of ${channelName(chain, place)} and ${termName(chain, place)}, ${pixelName(chain, place)}`;
    case "sum": {
      const { terms } = termsOf(chain, place.node);
      const state =
        place.terms === terms ? "accumulator" : `accumulator after ${place.terms} of ${terms} products`;
      return `${state} of ${channelName(chain, place)}, ${pixelName(chain, place)}`;
    }
    case "threshold":
      return `threshold ${place.step + 1} of channel ${place.channel}`;
    case "parameter":
      return `bias of channel ${place.channel}`;
  }
}

function describeValue(chain: Chain, { edge, index }: ValuePlace, before: string): string {
  const producer = chain.nodes[edge - 1];
  const whose = producer ? `${producer.node.name}’s output` : before;
  if (producer?.kind === "ConvolutionInputGenerator") {
    const { channels, window } = windowGeometry(producer);
    const { row, column } = coordinatesIn(producer.node.output, index);
    const tap = Math.floor(index / channels) % window;
    return `channel ${index % channels} at ${tapName(producer.node.kernel[1], tap)} of the window at row ${row}, column ${column}`;
  }
  if (producer?.kind === "LabelSelect") return `class in place ${index + 1}`;
  const stream = streamOn(chain, edge);
  const { row, column, channel } = coordinatesIn(stream, index);
  const { height, width } = mapShape(stream);
  const at = height * width > 1 ? ` at row ${row}, column ${column}` : "";
  return `channel ${channel}${at} of ${whose}`;
}

const tapName = (kernelWidth: number, tap: number): string =>
  `pixel (${Math.floor(tap / kernelWidth)}, ${tap % kernelWidth})`;

function channelName(chain: Chain, { node, channel }: { node: number; channel: number }): string {
  return chain.nodes[node]?.kind === "MVAU" ? `neuron ${channel}` : `channel ${channel}`;
}

/** The window's pixel, or the input, that a term takes. */
function termName(chain: Chain, { node, term }: { node: number; term: number }): string {
  const folded = chain.nodes[node];
  if (folded?.kind === "VVAU" || folded?.kind === "Pool") return tapName(folded.node.kernel[1], term);
  return `input ${term}`;
}

function pixelName(chain: Chain, { node, pixel }: { node: number; pixel: number }): string {
  const { width } = mapShape(streamOn(chain, node + 1));
  return `row ${Math.floor(pixel / width)}, column ${pixel % width}`;
}

function termsOf(chain: Chain, node: number): { terms: number } {
  const folded = chain.nodes[node];
  return { terms: folded && isReducer(folded) ? reductionOf(folded).terms : 0 };
}
