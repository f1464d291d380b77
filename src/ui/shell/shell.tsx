import { Suspense, useRef } from "react";
import { useAppState } from "../app-context";
import { ClassifyView } from "../classify/classify-view";
import { ActionButton } from "../kit/action-button";
import { FaultBoundary } from "../kit/fault-boundary";
import { useKeyListener } from "../kit/keys/use-key-listener";
import { lazyPart } from "../kit/lazy-part";
import { useTheme } from "../theme/use-theme";
import { type ViewId, viewNames } from "../views";
import { Header } from "./header";
import { Notices } from "./notices";
import { OwnModelNote } from "./own-model-note";
import { PartFault } from "./part-fault";
import { SkipLink } from "./skip-link";
import { ViewChange } from "./view-change";
import "../kit/kit.css";
import "./shell.css";

/** The first screen comes with the page, the others when they are first looked at. */
const views: Record<ViewId, React.ComponentType> = {
  classify: ClassifyView,
  dataflow: lazyPart(async () => (await import("../dataflow/dataflow-view")).DataflowView),
  folding: lazyPart(async () => (await import("../folding/folding-view")).FoldingView),
  lens: lazyPart(async () => (await import("../lens/lens-view")).LensView),
  model: lazyPart(async () => (await import("../model/model-view")).ModelView),
  compare: lazyPart(async () => (await import("../compare/compare-view")).CompareView),
  sets: lazyPart(async () => (await import("../sets/sets-view")).SetsView),
  layers: lazyPart(async () => (await import("../layers/layers-view")).LayersView),
};

/** Comes when it is first taken. */
const TourPanel = lazyPart(async () => (await import("../tour/tour-panel")).TourPanel);

/** The frame around every view. */
export function Shell() {
  const view = useAppState((state) => state.view);
  const View = views[view];
  const isTouring = useAppState((state) => state.tourStep !== null);
  const leaveTour = useAppState((state) => state.leaveTour);
  const main = useRef<HTMLElement>(null);
  useTheme(useAppState((state) => state.theme));
  useKeyListener(useAppState((state) => state.singleKeys));
  return (
    <div className="shell">
      <SkipLink to={main} />
      <Header />
      <OwnModelNote />
      <Notices />
      <main ref={main} id="main" className="shell__main" tabIndex={-1}>
        <Suspense fallback={<p role="status">Loading the view…</p>}>
          <FaultBoundary
            key={view}
            instead={(error) => (
              <>
                <h2>{viewNames[view]}</h2>
                <PartFault part="The view" error={error} />
              </>
            )}
          >
            <View />
          </FaultBoundary>
          <ViewChange view={view} main={main} />
        </Suspense>
      </main>
      {isTouring && (
        <FaultBoundary
          instead={(error) => (
            <PartFault part="The tour" error={error}>
              <ActionButton onPress={leaveTour}>Leave the tour</ActionButton>
            </PartFault>
          )}
        >
          <Suspense>
            <TourPanel />
          </Suspense>
        </FaultBoundary>
      )}
    </div>
  );
}
