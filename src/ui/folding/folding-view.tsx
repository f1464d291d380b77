import { useAppState } from "../app-context";
import { shownDesign } from "../state/folding-slice";
import { BoardMeters } from "./board-meters";
import { Comparison } from "./comparison";
import { CyclesChart } from "./cycles-chart";
import { FoldTo } from "./fold-to";
import { FoldingFiles } from "./folding-files";
import { FoldingHistory } from "./folding-history";
import { FoldingStatus } from "./folding-status";
import { InsertedTable } from "./inserted-table";
import { NodeTable } from "./node-table";
import { PresetChoice } from "./preset-choice";
import { RateStrip } from "./rate-strip";
import { Throughput } from "./throughput";
import { useFoldingDrop } from "./use-folding-drop";
import { useOpenFolding } from "./use-open-folding";
import "./folding-view.css";

/** What each layer's PE and SIMD cost in cycles and in the board's resources, and which limits the rate of frames. */
export function FoldingView() {
  useOpenFolding();
  const over = useFoldingDrop();
  const design = useAppState(shownDesign);
  return (
    <div className="folding drop-place" data-over={over || undefined}>
      <header className="folding__head">
        <h2 className="view-title">Folding</h2>
        <p className="view-lead">
          A layer’s work is folded onto PE × SIMD multipliers. More of them take fewer cycles a frame and more
          of the board. The slowest layer sets the rate of frames.
        </p>
      </header>
      <div className="folding__bar" data-not-on-paper>
        <PresetChoice />
        <FoldingHistory />
        <FoldingFiles />
      </div>
      <FoldingStatus />
      {design && (
        <div className="folding__columns">
          <div className="folding__now">
            <Throughput report={design.report} />
            <CyclesChart report={design.report} />
            <BoardMeters report={design.report} />
          </div>
          <div className="folding__work">
            <RateStrip report={design.report} />
            <FoldTo board={design.board} />
            <Comparison design={design} />
            <NodeTable report={design.report} />
            <InsertedTable rows={design.report.inserted} />
          </div>
        </div>
      )}
    </div>
  );
}
