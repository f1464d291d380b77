import type { LoadedModel } from "../../workers/emulator-api";
import { useAppState } from "../app-context";
import { useOpenFolding } from "../folding/use-open-folding";
import { ChannelPart } from "./channel-part";
import { ClassesPart } from "./classes-part";
import { ConstantsPart } from "./constants-part";
import { LayerChooser } from "./layer-chooser";
import { LayersStatus } from "./layers-status";
import { isSums } from "./model/layer";
import { Mosaic } from "./mosaic";
import { PhotoChoice } from "./photo-choice";
import { PhotoField } from "./photo-field";
import { PixelPath } from "./pixel-path";
import { SumsNote } from "./sums-note";
import { useLook } from "./use-look";
import { useTaps } from "./use-taps";
import { ValuesPart } from "./values-part";
import "./layers-view.css";

/** What every layer makes of the photo: its feature maps, weights, thresholds, and one pixel through all of them. */
export function LayersView() {
  useOpenFolding();
  const model = useAppState((state) => state.lastModel);
  const isDesignToCome = useAppState(
    ({ wantedFolding, foldingMessage }) => wantedFolding !== null && foldingMessage?.tone !== "refusal",
  );
  return (
    <div className="layers">
      <header className="layers__head">
        <h2 className="view-title">Layers</h2>
        <p className="view-lead">
          What each node makes of the photo. Every number is the integer that the emulator computed.
        </p>
      </header>
      <PhotoChoice />
      {model && !isDesignToCome ? <LoadedLayers model={model} /> : <LayersStatus />}
    </div>
  );
}

function LoadedLayers({ model }: { readonly model: LoadedModel }) {
  const tapAgain = useTaps(model);
  const { chosen, seen: look } = useLook(model);
  const { layers, index, layer, channel, picked, values, shown } = look;
  return (
    <>
      <LayerChooser look={chosen} />
      <LayersStatus onRetry={tapAgain} />
      {layer.node?.kind === "LabelSelect" && <ClassesPart />}
      {isSums(layer) && <SumsNote look={look} />}
      {shown && (
        <>
          <div className="layers__maps">
            <Mosaic layer={layer} channel={channel} shown={shown} />
            <ChannelPart look={look} shown={shown} />
            <PhotoField look={look} />
          </div>
          <ValuesPart layer={layer} channel={channel} shown={shown} />
        </>
      )}
      <ConstantsPart look={look} />
      {shown && <PixelPath layers={layers} index={index} picked={picked} values={values} />}
    </>
  );
}
