/**
 * Where a number of the machine stands. Nodes count from 0 along the chain under the lens; edge e
 * carries what node e takes and node e - 1 puts out. Every frame is the same picture, so a place
 * does not name the frame.
 */
export type Place = ValuePlace | WeightPlace | ProductPlace | SumPlace | ThresholdPlace | ParameterPlace;

/** A value on a stream: its position in the edge's tensor, channels fastest. */
export interface ValuePlace {
  readonly kind: "value";
  readonly edge: number;
  readonly index: number;
}

/** What an input is multiplied with: one number of a channel's (or neuron's) row of weights. */
export interface WeightPlace {
  readonly kind: "weight";
  readonly node: number;
  readonly channel: number;
  readonly term: number;
}

/** One input times its weight. */
export interface ProductPlace {
  readonly kind: "product";
  readonly node: number;
  /** Output pixels count row by row. */
  readonly pixel: number;
  readonly channel: number;
  readonly term: number;
}

/** The accumulator of one output after so many of its terms. */
export interface SumPlace {
  readonly kind: "sum";
  readonly node: number;
  readonly pixel: number;
  readonly channel: number;
  readonly terms: number;
}

export interface ThresholdPlace {
  readonly kind: "threshold";
  readonly node: number;
  readonly channel: number;
  readonly step: number;
}

/** The number that is added to a channel. */
export interface ParameterPlace {
  readonly kind: "parameter";
  readonly node: number;
  readonly channel: number;
}

/** The same text for the same place. */
export function placeKey(place: Place): string {
  switch (place.kind) {
    case "value":
      return `value/${place.edge}/${place.index}`;
    case "weight":
      return `weight/${place.node}/${place.channel}/${place.term}`;
    case "product":
      return `product/${place.node}/${place.pixel}/${place.channel}/${place.term}`;
    case "sum":
      return `sum/${place.node}/${place.pixel}/${place.channel}/${place.terms}`;
    case "threshold":
      return `threshold/${place.node}/${place.channel}/${place.step}`;
    case "parameter":
      return `parameter/${place.node}/${place.channel}`;
  }
}
