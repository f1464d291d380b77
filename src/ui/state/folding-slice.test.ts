import { expect, test } from "vitest";
import { emptyFolding } from "../../hardware/folding-config";
import type { FoldingReport } from "../../hardware/folding-report";
import { type FoldedDesign, shownDesign } from "./folding-slice";
import { createAppStore } from "./store";

/** Told apart by its bottleneck. */
function design(bottleneck: string): FoldedDesign {
  const report = { board: "U250", performance: { bottleneck } } as FoldingReport;
  return { board: "U250", config: emptyFolding, report };
}

test("folding and report go back and forth together, and one is told what was undone", () => {
  const store = createAppStore();
  const { adoptFolding, undoFolding, redoFolding } = store.getState();
  expect(shownDesign(store.getState())).toBeNull();
  undoFolding();
  expect(store.getState().foldingMessage).toBeNull();

  adoptFolding("the start", design("a"));
  adoptFolding("MVAU_hls_3: PE 64", design("b"), "PE of MVAU_hls_3 is 64.");
  expect(shownDesign(store.getState())?.report.performance.bottleneck).toBe("b");
  expect(store.getState().foldingMessage).toEqual({ tone: "answer", text: "PE of MVAU_hls_3 is 64." });

  undoFolding();
  expect(shownDesign(store.getState())?.report.performance.bottleneck).toBe("a");
  expect(store.getState().foldingMessage?.text).toBe("Undone: MVAU_hls_3: PE 64.");
  undoFolding();
  expect(shownDesign(store.getState())?.report.performance.bottleneck).toBe("a");
  redoFolding();
  expect(shownDesign(store.getState())?.report.performance.bottleneck).toBe("b");
  expect(store.getState().foldingMessage?.text).toBe("Done again: MVAU_hls_3: PE 64.");
});
