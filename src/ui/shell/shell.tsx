import { lazy, Suspense, useRef } from "react";
import { useAppState } from "../app-context";
import { ClassifyView } from "../classify/classify-view";
import { useKeyListener } from "../kit/keys/use-key-listener";
import { useTheme } from "../theme/use-theme";
import type { ViewId } from "../views";
import { Header } from "./header";
import { Notices } from "./notices";
import { OwnModelNote } from "./own-model-note";
import { SkipLink } from "./skip-link";
import { ViewChange } from "./view-change";
import "../kit/kit.css";
import "./shell.css";

/** The first screen comes with the page, the others when they are first looked at. */
const views: Record<ViewId, React.ComponentType> = {
  classify: ClassifyView,
  dataflow: lazy(async () => ({ default: (await import("../dataflow/dataflow-view")).DataflowView })),
  folding: lazy(async () => ({ default: (await import("../folding/folding-view")).FoldingView })),
  lens: lazy(async () => ({ default: (await import("../lens/lens-view")).LensView })),
  model: lazy(async () => ({ default: (await import("../model/model-view")).ModelView })),
  layers: lazy(async () => ({ default: (await import("../layers/layers-view")).LayersView })),
};

/** Comes when it is first taken. */
const TourPanel = lazy(async () => ({ default: (await import("../tour/tour-panel")).TourPanel }));

/** The frame around every view. */
export function Shell() {
  const view = useAppState((state) => state.view);
  const View = views[view];
  const isTouring = useAppState((state) => state.tourStep !== null);
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
          <View />
          <ViewChange view={view} main={main} />
        </Suspense>
      </main>
      {isTouring && (
        <Suspense>
          <TourPanel />
        </Suspense>
      )}
    </div>
  );
}
