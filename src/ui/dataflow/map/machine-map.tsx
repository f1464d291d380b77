import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAppState, useAppStore } from "../../app-context";
import { ActionButton } from "../../kit/action-button";
import { useKeys } from "../../kit/keys/use-keys";
import { SavePicture } from "../../kit/save-picture/save-picture";
import { Legend } from "../legend";
import { bottleneckSentence } from "../model/bottleneck-sentence";
import { layoutOf, machineAt, type Point } from "../model/layout";
import { momentOf } from "../model/moment";
import type { Pipeline } from "../model/pipeline";
import { clamp, opening, panBy, reveal, toMap, type Viewport, wholeOf, zoomAt } from "../model/viewport";
import { useTransport } from "../transport/use-transport";
import { type CanvasPage, drawForFile, useCanvas } from "../use-canvas";
import { useChosenMachine } from "../use-pipeline";
import { drawMap } from "./draw-map";
import { MachineOptions, optionId } from "./machine-options";
import { mapCaption } from "./map-caption";
import { type MapGestures, useMapGestures } from "./use-map-gestures";
import "./machine-map.css";

/** Cycles between two pictures while it plays, at sixty pictures a second. */
const pictureSpan = (speed: number): number => Math.max(1, Math.round(speed / 60));

/** The whole accelerator, at the cycle shown: a list of machines that is drawn as a map. */
export function MachineMap({ pipeline }: { readonly pipeline: Pipeline }) {
  const store = useAppStore();
  const selectNode = useAppState((state) => state.selectNode);
  const chosen = useChosenMachine(pipeline);
  const { act } = useTransport(pipeline);
  const isFinal = useAppState((state) => state.simulating === null);
  const picture = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useMemo(() => layoutOf(pipeline), [pipeline]);
  const [view, setView] = useState<Viewport | null>(null);

  /** Changes what is seen; `change` gets the map's and the screen's size. */
  const move = useCallback(
    (change: (view: Viewport, screen: { width: number; height: number }) => Viewport) => {
      const box = canvas.current;
      if (!box) return;
      const screen = { width: box.clientWidth, height: box.clientHeight };
      setView((before) => change(before ?? opening(layout, screen), screen));
    },
    [layout],
  );

  const draw = useCallback(
    ({ context, width, height, palette }: CanvasPage) => {
      const { streaming, fineTrace, cycle, playing, speed } = store.getState();
      const screen = { width, height };
      const moment =
        streaming?.simulation === pipeline.simulation
          ? momentOf(streaming, fineTrace, cycle, playing ? pictureSpan(speed) : 1)
          : null;
      const seen = view ? clamp(view, layout, screen) : opening(layout, screen);
      drawMap(context, { pipeline, layout, view: seen, moment, palette, selected: chosen.name });
    },
    [store, pipeline, layout, view, chosen],
  );
  const invalidate = useCanvas(canvas, draw);
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const isSame =
          now.cycle === before.cycle && now.fineTrace === before.fineTrace && now.playing === before.playing;
        if (!isSame) invalidate();
      }),
    [store, invalidate],
  );

  const select = (index: number) => {
    const machine = pipeline.machines[Math.max(0, Math.min(pipeline.machines.length - 1, index))];
    if (machine) selectNode(machine.name);
  };
  // Whoever selects a machine, here or elsewhere in the view, wants to see it.
  const selected = useAppState((state) => state.node);
  useEffect(() => {
    const index = pipeline.machines.findIndex(({ name }) => name === selected);
    const box = layout.machines[index];
    if (box) move((before, screen) => reveal(before, box, layout, screen));
  }, [selected, pipeline, layout, move]);
  const gestures = useMemo<MapGestures>(
    () => ({
      onPan: (dx, dy) => move((before, screen) => panBy(before, dx, dy, layout, screen)),
      onZoom: (factor, at) => move((before, screen) => zoomAt(before, factor, at, layout, screen)),
      onTouch: () => element.current?.focus({ preventScroll: true }),
      onTap: (at: Point) =>
        move((before, screen) => {
          const index = machineAt(layout, toMap(clamp(before, layout, screen), at), 5);
          const machine = index === null ? null : pipeline.machines[index];
          if (machine) queueMicrotask(() => selectNode(machine.name));
          return before;
        }),
    }),
    [layout, move, pipeline, selectNode],
  );
  useMapGestures(canvas, gestures);

  const zoom = (factor: number) =>
    move((before, screen) => zoomAt(before, factor, [screen.width / 2, screen.height / 2], layout, screen));
  const whole = () => move((_, screen) => wholeOf(layout, screen));
  const pan = (dx: number, dy: number) => move((before, screen) => panBy(before, dx, dy, layout, screen));
  const key = (keys: string | string[], does: string, action: () => void) => ({
    keys,
    does,
    action,
    repeats: true,
  });
  useKeys(
    [
      key(["ArrowRight", "ArrowDown"], "Choose the next machine", () => select(chosen.index + 1)),
      key(["ArrowLeft", "ArrowUp"], "Choose the machine before", () => select(chosen.index - 1)),
      key("Home", "Choose the first machine", () => select(0)),
      key("End", "Choose the last machine", () => select(pipeline.machines.length - 1)),
      key(["+", "="], "Zoom in", () => zoom(1.3)),
      key("-", "Zoom out", () => zoom(1 / 1.3)),
      key("0", "See all of the map", whole),
      key("Shift+ArrowRight", "Move the map", () => pan(-80, 0)),
      key("Shift+ArrowLeft", "Move the map back", () => pan(80, 0)),
      key("Shift+ArrowDown", "Move the map down", () => pan(0, -80)),
      key("Shift+ArrowUp", "Move the map up", () => pan(0, 80)),
      { keys: "Space", does: "Play or pause", action: () => act("play") },
    ],
    "Dataflow map",
    element,
  );

  const caption = () => {
    const { cycle, foldingBases } = store.getState();
    return mapCaption(pipeline, cycle, foldingBases.get(pipeline.design.board));
  };

  return (
    <div ref={picture} className="machine-map__figure">
      <div
        className="machine-map"
        style={{ "--map-ratio": layout.width / layout.height } as React.CSSProperties}
      >
        <canvas ref={canvas} className="machine-map__canvas" />
        {/* Lies over the picture: it shows the focus, and lets the pointer through. */}
        <div
          ref={element}
          className="machine-map__list"
          role="listbox"
          tabIndex={0}
          aria-label="The accelerator’s machines in stream order"
          aria-activedescendant={optionId(chosen)}
        >
          <MachineOptions pipeline={pipeline} chosen={chosen} />
        </div>
      </div>
      <div className="machine-map__foot">
        <Legend pipeline={pipeline} />
        <div className="machine-map__zoom">
          <ActionButton aria-label="Zoom in" onPress={() => zoom(1.3)}>
            +
          </ActionButton>
          <ActionButton aria-label="Zoom out" onPress={() => zoom(1 / 1.3)}>
            −
          </ActionButton>
          <ActionButton onPress={whole}>Fit</ActionButton>
          <SavePicture
            picture={picture}
            name="Dataflow map"
            of={pipeline.design.board}
            description={bottleneckSentence(pipeline, isFinal)}
            caption={caption}
            draw={drawForFile(draw)}
          />
        </div>
      </div>
    </div>
  );
}
