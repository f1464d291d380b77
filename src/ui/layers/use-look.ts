import { useMemo } from "react";
import type { IntegerArray } from "../../graph/dataflow";
import type { LoadedModel } from "../../workers/emulator-api";
import { useAppState } from "../app-context";
import { type FeatureMap, featureMap, type Values } from "./model/feature-map";
import { type Layer, layersOf } from "./model/layer";
import { type MapStatistics, mapStatistics } from "./model/map-statistics";
import { type Pixel, samePixel } from "./model/same-pixel";
import { type Scale, scaleOf } from "./model/shades";

/** What is looked at: a layer, a channel of it, a pixel of it, and the integers that are there. */
export interface Look {
  readonly layers: readonly Layer[];
  readonly index: number;
  readonly layer: Layer;
  readonly channel: number;
  /** On this layer; the middle if none was picked. */
  readonly pixel: Pixel;
  /** Where the pixel was picked. */
  readonly picked: { readonly index: number; readonly pixel: Pixel };
  readonly values: Values;
  /** Null while the values are not there. */
  readonly shown: Shown | null;
}

export interface Shown {
  readonly map: FeatureMap;
  readonly scale: Scale;
  readonly statistics: MapStatistics;
}

/** Puts together what the store says is looked at; what does not exist in this model falls back to what does. */
export function useLook(model: LoadedModel): Look {
  const layers = useMemo(() => layersOf(model), [model]);
  const node = useAppState((state) => state.node);
  const wantedChannel = useAppState((state) => state.channel);
  const pixelInState = useAppState((state) => state.pixel);
  const values = useValues();
  const index = Math.max(0, indexOf(layers, node));
  const layer = layers[index] ?? layers[0]!;
  const picked = useMemo(() => {
    const from = Math.max(0, pixelInState ? indexOf(layers, pixelInState.node) : 0);
    const { height, width } = layers[from] ?? { height: 1, width: 1 };
    const wish = pixelInState ?? { row: height >> 1, column: width >> 1 };
    return {
      index: from,
      pixel: { row: Math.min(height - 1, wish.row), column: Math.min(width - 1, wish.column) },
    };
  }, [layers, pixelInState]);
  const shown = useMemo(() => {
    const map = layer.node?.kind === "LabelSelect" ? null : featureMap(layers, index, values);
    return (
      map && {
        map,
        scale: scaleOf(layer.datatype, map),
        statistics: mapStatistics(map, layer.datatype),
      }
    );
  }, [layers, index, layer, values]);
  return {
    layers,
    index,
    layer,
    channel: Math.min(layer.channels - 1, wantedChannel),
    pixel: samePixel(layers, picked.index, index, picked.pixel),
    picked,
    values,
    shown,
  };
}

/** -1 for a name that is not there. */
function indexOf(layers: readonly Layer[], node: string | null): number {
  return node === null ? 0 : layers.findIndex((layer) => layer.node?.name === node);
}

/** The integers of the result on screen: the network's bytes and what was tapped. */
function useValues(): Values {
  const outcome = useAppState((state) => state.outcome);
  const taps = useAppState((state) => state.taps);
  return useMemo(() => {
    const byNode = taps?.attempt === outcome?.attempt ? taps?.byNode : undefined;
    return (layer) => {
      const data: IntegerArray | undefined = layer.node
        ? byNode?.get(layer.node.name)?.data
        : outcome?.classification.input;
      // A result of another model may stay on screen while the next one loads.
      return data && data.length === sizeOf(layer) ? data : null;
    };
  }, [outcome, taps]);
}

const sizeOf = ({ height, width, channels }: Layer): number => height * width * channels;
