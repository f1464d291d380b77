import { expect, test } from "vitest";
import { boards } from "../../hardware/boards";
import { foldingReport } from "../../hardware/folding-report";
import { mobilenetFoldings } from "../../hardware/presets";
import { foldedFor } from "../../hardware/testing/shipped-graph";
import type { Simulation } from "../../simulator/result";
import type { FoldedDesign } from "../state/folding-slice";
import { createAppStore } from "../state/store";
import { checkPlace } from "./check-place";

const report = foldingReport(foldedFor("U250"), boards.U250);
const design: FoldedDesign = { board: "U250", config: mobilenetFoldings.U250(), report };
const machines = [{ name: "idma0" }, ...report.nodes.map(({ name }) => ({ name }))];
const simulation = { cycles: 100, machines } as unknown as Simulation;

/** As after a link to this place in the Dataflow view. */
function setUp(node: string | null, block: string | null) {
  const store = createAppStore();
  checkPlace(store);
  const { setView, selectNode, setBlock, setUncheckedPlace } = store.getState();
  setView("dataflow");
  selectNode(node);
  setBlock(block);
  setUncheckedPlace({ node, block });
  return store;
}

test("a block and a node that the network does not have are told and taken out, once they could be known", () => {
  const store = setUp("MVAU_hls_99", "dws-99");
  expect(store.getState()).toMatchObject({ node: "MVAU_hls_99", block: "dws-99", notices: [] });
  store.getState().adoptFolding("a folding", design);
  expect(store.getState()).toMatchObject({ node: "MVAU_hls_99", block: null });
  store.getState().setStreaming({ design, simulation });
  expect(store.getState().node).toBeNull();
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    'The link asks for block "dws-99", which this network does not have.',
    'The link asks for node "MVAU_hls_99", which this network does not have.',
  ]);
});

test("what the network has stays, and so does what the user chooses later", () => {
  const store = setUp("MVAU_hls_3", "dws-7");
  store.getState().adoptFolding("a folding", design);
  store.getState().setStreaming({ design, simulation });
  expect(store.getState()).toMatchObject({ node: "MVAU_hls_3", block: "dws-7", notices: [] });
  store.getState().selectNode("a FIFO of another folding");
  expect(store.getState()).toMatchObject({ node: "a FIFO of another folding", notices: [] });
});

test("while the folding of the link is still to come, nothing is said", () => {
  const store = setUp(null, "dws-99");
  store.getState().setWantedFolding({ board: "ZCU104", differences: "" });
  store.getState().adoptFolding("a folding", design);
  expect(store.getState()).toMatchObject({ block: "dws-99", notices: [] });
  store.getState().setWantedFolding(null);
  expect(store.getState().block).toBeNull();
});
