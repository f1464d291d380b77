import { useMemo, useState } from "react";
import type { IntegerArray } from "../../graph/dataflow";
import type { LoadedModel } from "../../workers/emulator-api";
import { useAppState } from "../app-context";
import { type BoardName, defaultBoard, type FoldedDesign, shownDesign } from "../state/folding-slice";
import { designLayers } from "./model/design-layers";
import { featureMap, sameMap, type Values } from "./model/feature-map";
import { type Layer, layersOf } from "./model/layer";
import { type Pixel, samePixel } from "./model/same-pixel";
import { type Shown, useCounted } from "./use-counted";

/** What is looked at: a layer, a channel of it, a pixel of it, and the integers that are there. */
export interface Look {
  readonly layers: readonly Layer[];
  /** For which the layers are as they are. */
  readonly board: BoardName;
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

/** The look that was chosen, and the one to show: that of before until the chosen one's values are counted. */
interface Looks {
  readonly chosen: Look;
  readonly seen: Look;
}

/** Puts together what the store says is looked at; what does not exist in this model falls back to what does. */
export function useLook(model: LoadedModel): Looks {
  const design = useAppState(shownDesign);
  const { layers, board } = useMemo(() => layersFor(model, design), [model, design]);
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
  const newest = useMemo(
    () => (layer.node?.kind === "LabelSelect" ? null : featureMap(layers, index, values)),
    [layers, index, layer, values],
  );
  // Taps of other layers, or a folding, may come later: what was counted of these integers holds.
  const map = useKept(newest, sameMap);
  const shown = useCounted(map, layer.datatype);
  const chosen = useMemo(
    (): Look => ({
      layers,
      board,
      index,
      layer,
      channel: Math.min(layer.channels - 1, wantedChannel),
      pixel: samePixel(layers, picked.index, index, picked.pixel),
      picked,
      values,
      shown,
    }),
    [layers, board, index, layer, wantedChannel, picked, values, shown],
  );
  const [last, setLast] = useState(chosen);
  const isReady = shown !== null || map === null;
  if (isReady && last !== chosen) setLast(chosen);
  const isLastShown = last.shown !== null && last.layers === layers && last.values === values;
  return { chosen, seen: !isReady && isLastShown ? last : chosen };
}

/** The value of before for as long as the new one is the same. */
function useKept<T>(value: T, isSame: (a: T, b: T) => boolean): T {
  const [kept, keep] = useState(value);
  if (isSame(kept, value)) return kept;
  keep(value);
  return value;
}

/** The design's layers; the emulator's, which are the U250's, while there is no design of this network. */
function layersFor(
  model: LoadedModel,
  design: FoldedDesign | null,
): { readonly layers: readonly Layer[]; readonly board: BoardName } {
  const own = layersOf(model);
  const designed = design && designLayers(own, design.report.nodes);
  return design && designed
    ? { layers: designed, board: design.board }
    : { layers: own, board: defaultBoard };
}

/** By its name in the design, else by that in the emulator's network. -1 for a name that is not there. */
function indexOf(layers: readonly Layer[], node: string | null): number {
  if (node === null) return 0;
  const designed = layers.findIndex((layer) => layer.node?.name === node);
  return designed >= 0 ? designed : layers.findIndex(({ tapped }) => tapped === node);
}

/** The integers of the result on screen: the network's bytes and what was tapped. */
function useValues(): Values {
  const outcome = useAppState((state) => state.outcome);
  const taps = useAppState((state) => state.taps);
  return useMemo(() => {
    const byNode = taps?.attempt === outcome?.attempt ? taps?.byNode : undefined;
    return (layer) => {
      const data: IntegerArray | undefined = layer.node
        ? byNode?.get(layer.tapped ?? "")?.data
        : outcome?.classification.input;
      // A result of another model may stay on screen while the next one loads.
      return data && data.length === sizeOf(layer) ? data : null;
    };
  }, [outcome, taps]);
}

const sizeOf = ({ height, width, channels }: Layer): number => height * width * channels;
