import { useEffect } from "react";
import { useAppState, useAppStore, useCompareSession } from "../app-context";
import { DropTarget } from "../classify/drop-target";
import { useOpeningSample } from "../classify/use-opening-sample";
import { EndpointsPanel } from "../endpoints/endpoints-panel";
import { isLive } from "../state/live-slice";
import { CameraPart } from "./camera-part";
import { CompareBar } from "./compare-bar";
import { CompareStatus } from "./compare-status";
import { FramePart } from "./frame-part";
import { MismatchPart } from "./mismatch-part";
import { PhotoPart } from "./photo-part";
import { SessionPart } from "./session-part";
import { useCompareKeys } from "./use-compare-keys";
import "./compare-view.css";

/** The emulator and an endpoint side by side, on the same bytes: a frame, and all frames so far. */
export function CompareView() {
  const session = useCompareSession();
  const store = useAppStore();
  useEffect(() => {
    // A camera that is on is what one wants to see compared.
    if (isLive(store.getState())) store.getState().setCompareSource("camera");
    return session.watch();
  }, [session, store]);
  useOpeningSample();
  useCompareKeys();
  const source = useAppState((state) => state.compareSource);
  const comparison = useAppState((state) => state.comparison);
  const hasMismatches = useAppState((state) => state.mismatches.length > 0);
  const hasEndpoint = useAppState((state) => state.endpoints.length > 0);
  return (
    <DropTarget>
      <div className="compare">
        <header>
          <h2 className="view-title">Compare</h2>
          <p className="view-lead">
            The emulator here and a card elsewhere get the very same bytes. The card returns five class
            numbers and no scores, so the numbers are what is compared.
          </p>
        </header>
        <div className="compare__columns" data-alone={!hasEndpoint || undefined}>
          <div className="compare__side">
            <EndpointsPanel />
          </div>
          {hasEndpoint && (
            <div className="compare__main">
              <CompareBar />
              <CompareStatus />
              {source === "photo" ? <PhotoPart /> : <CameraPart />}
              <FramePart />
              {comparison && <SessionPart comparison={comparison} />}
              {(comparison || hasMismatches) && <MismatchPart />}
            </div>
          )}
        </div>
      </div>
    </DropTarget>
  );
}
