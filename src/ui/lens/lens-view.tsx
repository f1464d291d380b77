import { useDeferredValue, useEffect, useRef, useState } from "react";
import { mapShape } from "../../graph/dataflow";
import { useAppState, useAppStore } from "../app-context";
import { isSeeking } from "../dataflow/transport/seek";
import { Transport } from "../dataflow/transport/transport";
import { useTransportKeys } from "../dataflow/transport/use-transport-keys";
import { useClock } from "../dataflow/use-clock";
import { useFollow } from "../dataflow/use-follow";
import { SavePicture } from "../kit/save-picture/save-picture";
import { BlockChoice } from "./block-choice";
import { createFocus, FocusContext } from "./focus";
import { LensPhoto } from "./lens-photo";
import { LensStatus } from "./lens-status";
import { outputCut } from "./model/beats";
import type { Lens, Stage } from "./model/lens";
import { isReducer } from "./model/reduction";
import { ProvenancePanel } from "./provenance-panel";
import { Pipe } from "./stage-panel";
import { StageView } from "./stage-view";
import { Stepper } from "./stepper";
import { useLens } from "./use-lens";
import { useSeek } from "./use-seek";
import { type SingleCycle, useSingleCycle } from "./use-single-cycle";
import "./lens-view.css";

/** One block of the accelerator, with the integers of the photo, cycle by cycle. */
export function LensView() {
  useFollow();
  useClock();
  const look = useLens();
  const { blocks, block, lens } = look;
  return (
    <div className="lens">
      <header className="lens__head">
        <h2 className="view-title">One block under the lens</h2>
        <p className="view-lead">
          What the hardware holds and does in one cycle, with the integers of the photo. Point at a number to
          see where it came from and where it goes.
        </p>
      </header>
      <LensPhoto />
      <BlockChoice blocks={blocks} shown={block} />
      {blocks.length > 0 && blocks.every(({ kind }) => kind !== "dws") && (
        <p>This network has no depthwise-separable block; its layers are shown one by one.</p>
      )}
      <LensStatus look={look} />
      {lens && <UnderLens key={lens.block.id} lens={lens} />}
    </div>
  );
}

function UnderLens({ lens }: { readonly lens: Lens }) {
  const [focus] = useState(createFocus);
  const block = useRef<HTMLDivElement>(null);
  const cycle = useSingleCycle(lens.pipeline.design);
  // The block's first picture is many elements: they may come in pieces, between the user's doings.
  const mayShow = useDeferredValue(cycle !== null, false);
  const at = mayShow ? cycle : null;
  const stage = useStage(lens);
  useTransportKeys(lens.pipeline, stage?.machine);
  useStart(lens, at);
  const last = lens.stages.at(-1)?.machine;
  const out = at && last && at.trace.streams[last.index];
  const bin = at ? at.cycle - at.trace.from : 0;
  return (
    <FocusContext value={focus}>
      {/* Escape works wherever the focus is. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the controls within are the interactive ones */}
      <div
        className="lens__under"
        onKeyDown={({ key }) => {
          if (key === "Escape") focus.getState().unpin();
        }}
      >
        <Transport pipeline={lens.pipeline} machine={stage?.machine} />
        {stage && <Stepper lens={lens} stage={stage} at={at} />}
        <div className="lens__columns">
          <div
            ref={block}
            className="lens__stages"
            data-tour="stages"
            data-cycle={at?.cycle}
            data-old={(at && !at.isCurrent) || undefined}
          >
            {at && (
              <div className="lens__save">
                <SavePicture
                  picture={block}
                  name="Whole block"
                  of={`${lens.block.title} cycle ${at.cycle}`}
                />
              </div>
            )}
            {at ? (
              columnsOf(lens.stages).map((column) => (
                <div key={column[0]?.machine.name} className="lens__column">
                  {column.map((one) => (
                    <StageView key={one.machine.name} lens={lens} stage={one} at={at} />
                  ))}
                </div>
              ))
            ) : (
              <p className="lens__waiting">Getting the single cycles…</p>
            )}
            {out && last?.output && (
              <div className="lens__out">
                <p>Out of the block</p>
                <Pipe name={last.output} held={(out.written[bin] ?? 0) - (out.read[bin] ?? 0)} />
              </div>
            )}
          </div>
          <div className="lens__provenance">
            <ProvenancePanel lens={lens} />
          </div>
        </div>
      </div>
    </FocusContext>
  );
}

/** What comes up to the first sums, and what follows: side by side where there is room. */
function columnsOf(stages: readonly Stage[]): (readonly Stage[])[] {
  const sums = stages.findIndex(({ kind, folded }) => kind === "node" && isReducer(folded));
  const isOnly = stages.filter(({ kind, folded }) => kind === "node" && isReducer(folded)).length === 1;
  const upToNext = stages.findIndex(
    ({ kind, folded }, i) => i > sums && kind === "node" && isReducer(folded),
  );
  const own = stages
    .slice(0, upToNext)
    .findLastIndex(({ kind, folded }) => kind === "node" && folded.kind === "Thresholding");
  const cut = isOnly ? sums : Math.max(sums, own) + 1;
  return [stages.slice(0, cut), stages.slice(cut)].filter((column) => column.length > 0);
}

/** The stage to step by: the selected node if it is one of the block's, else the first that adds up. */
function useStage({ stages }: Lens): Stage | null {
  const node = useAppState((state) => state.node);
  const selected = stages.find(({ machine }) => machine.name === node);
  const usual = stages.find(({ folded }) => isReducer(folded)) ?? stages[0] ?? null;
  return selected ?? usual;
}

/** A block that nothing has come to yet has nothing to show: then to the middle of its first frame. */
function useStart(lens: Lens, at: SingleCycle | null): void {
  const store = useAppStore();
  const seek = useSeek();
  const isDone = useRef(false);
  useEffect(() => {
    if (!at?.isCurrent || isDone.current) return;
    isDone.current = true;
    const stage = lens.stages.find(({ folded }) => isReducer(folded)) ?? lens.stages[0];
    // Who goes somewhere meanwhile is not to be led elsewhere.
    if (!stage || store.getState().playing || isSeeking(store)) return;
    const given = at.trace.streams[stage.machine.index]?.written[at.cycle - at.trace.from] ?? 0;
    if (given > 0) return;
    const { beats } = outputCut(stage.folded);
    const { height, width } = mapShape(stage.folded.node.output);
    const pixel = (height >> 1) * width + (width >> 1);
    void seek.toCount(stage.machine.index, "given", (pixel * beats) / (height * width) + 1);
  }, [lens, at, seek, store]);
}
