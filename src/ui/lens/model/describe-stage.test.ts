import { expect, test } from "vitest";
import { tinyGraph } from "../../../graph/testing/tiny-graph";
import { boards } from "../../../hardware/boards";
import { foldGraph } from "../../../hardware/fold-graph";
import { foldingReport } from "../../../hardware/folding-report";
import { simulate } from "../../../simulator/simulate";
import { pipelineOf } from "../../dataflow/model/pipeline";
import { chainOf } from "./chain";
import { describeStage } from "./describe-stage";
import { type Lens, stagesOf } from "./lens";
import { momentOf } from "./moment";

/** What every stage of the tiny network says of itself, cycle by cycle, without repetition. */
async function sentences(): Promise<ReadonlyMap<string, readonly string[]>> {
  const nodes = new Map([["MVAU_rtl_0", { PE: 2 }]]);
  const folded = foldGraph(tinyGraph(), { defaults: new Map(), nodes });
  const simulation = await simulate(folded, { frames: 1, trace: { resolution: 1 } });
  const design = {
    board: "U250" as const,
    config: { defaults: new Map(), nodes },
    report: foldingReport(folded, boards.U250),
  };
  const pipeline = pipelineOf(design, simulation);
  const chain = chainOf(
    folded.nodes,
    (index) => index,
    () => null,
  );
  const block = { id: "all", title: "all", kind: "other" as const, nodes: design.report.nodes };
  const lens: Lens = {
    block,
    pipeline,
    chain,
    before: "the photo",
    stages: stagesOf(pipeline, folded.nodes),
  };
  const said = new Map<string, readonly string[]>();
  for (const stage of lens.stages) {
    const all = Array.from({ length: simulation.cycles }, (_, cycle) =>
      describeStage(lens, stage, momentOf(simulation.trace!, stage.machine.index, cycle)!),
    );
    said.set(stage.machine.name, [...new Set(all)]);
  }
  return said;
}

test("each stage says in one sentence what it does", async () => {
  const said = await sentences();
  const of = (name: string) => said.get(name) ?? [];
  expect(of("FMPadding_rtl_0")[0]).toBe(
    "puts out zeros of the border, for which nothing comes in: row 0, column 0, channel 0.",
  );
  expect(of("FMPadding_rtl_0")).toContain("puts out a beat that comes through: row 1, column 1, channel 0.");
  expect(of("VVAU_hls_0")).toContain(
    "multiplies window pixel 3 (of 4) by its weight and adds it, for channel 0 of the pixel at row 1, column 2; that was the last, and the results go out.",
  );
  expect(of("MVAU_rtl_0")[0]).toMatch(/^It waits for a beat\. Next: multiplies input 0 \(of 1\)/);
  expect(of("MVAU_rtl_0").some((text) => text.includes("for neurons 0 to 1 of the pixel"))).toBe(true);
  expect(of("Pool_hls_0").some((text) => text.startsWith("adds value 9 of 9 to the sums"))).toBe(true);
  expect(of("ChannelwiseOp_hls_0")).toContain("adds the bias to channel 2 of the pixel at row 0, column 0.");
  expect(of("LabelSelect_hls_0")).toContain("compares class 1 with the best; 1 of 3 were compared.");
  const converter = of("StreamingDataWidthConverter_rtl_0");
  expect(converter).toContain("cuts beats of 2 values into beats of 1; it holds 2 values.");
  expect(
    of("ConvolutionInputGenerator_rtl_0").some((text) =>
      text.includes("the window at row 2, column 2 goes out"),
    ),
  ).toBe(true);
});

test("all machines of the block are stages, converters too, and none of other blocks", async () => {
  const said = await sentences();
  expect([...said.keys()]).toContain("StreamingDataWidthConverter_rtl_0");
  expect([...said.keys()].filter((name) => name.startsWith("idma") || name.startsWith("odma"))).toEqual([]);
});
