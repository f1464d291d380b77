import { beforeAll, describe, expect, test } from "vitest";
import { boards } from "../../hardware/boards";
import { foldingReport } from "../../hardware/folding-report";
import { mobilenetFoldings } from "../../hardware/presets";
import { foldedFor } from "../../hardware/testing/shipped-graph";
import type { Pipeline } from "../dataflow/model/pipeline";
import { simulated } from "../dataflow/testing/simulated";
import type { BoardName, FoldedDesign } from "../state/folding-slice";
import { createAppStore } from "../state/store";
import { tourLength } from "../state/tour-slice";
import { fakePicture } from "../testing/fake-picture";
import { tourBlock } from "./find-facts";
import { tourSteps } from "./steps";
import { factSources, factsOf, type TourFacts } from "./tour-facts";

const nothingYet = factsOf(factSources(createAppStore().getState()));

const find = (title: RegExp) => {
  const step = tourSteps.find((each) => title.test(each.title));
  if (!step) throw new Error(`there is no step ${title}`);
  return step;
};

const designFor = (board: BoardName): FoldedDesign => {
  const report = foldingReport(foldedFor(board, "from-weights"), boards[board]);
  return { board, config: mobilenetFoldings[board](), report };
};

const sentences = (text: string) => text.split(/(?<=[.:]) (?=[A-Z])/).length;

test("links know as many steps as there are", () => {
  expect(tourSteps).toHaveLength(tourLength);
  expect(new Set(tourSteps.map(({ title }) => title)).size).toBe(tourLength);
});

test("before anything is there, every step has its words, and none has a figure", () => {
  for (const { title, text, trial, target, looks } of tourSteps) {
    expect(text(nothingYet), title).toMatch(/^[A-Z][^\d]+\.$/);
    expect(trial.text(nothingYet), title).toMatch(/^[A-Z].+\.$/);
    expect(target(nothingYet).name, title).not.toBe("");
    expect(looks(nothingYet).cycle, title).toBeUndefined();
  }
});

describe("with FINN’s folding for the U250, simulated, a block under the lens and a result", () => {
  let facts: TourFacts & { readonly pipeline: Pipeline };
  beforeAll(async () => {
    const pipeline = await simulated("U250", { frames: "until-steady" });
    const top = [{ index: 388, logit: -1234, label: "giant panda" }];
    facts = {
      design: pipeline.design,
      pipeline,
      lensNodes: foldedFor("U250", "from-weights").nodes,
      outcome: {
        attempt: 1,
        picture: fakePicture("Panda"),
        classification: { top },
      } as unknown as NonNullable<TourFacts["outcome"]>,
      model: { name: "a network", nodes: [{ macs: 1_500_000 }] } as unknown as TourFacts["model"],
      engine: "an engine",
    };
  }, 120_000);

  test("every text adds what is so to its words, in whole sentences", () => {
    for (const { title, text } of tourSteps) {
      const words = text(facts);
      expect(words.length, title).toBeGreaterThan(text(nothingYet).length);
      expect(words, title).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
      expect(words, title).toMatch(/\.$/);
      expect(sentences(words), words).toBeLessThanOrEqual(7);
    }
  });

  test("every step looks at a node, block and cycle that there are", () => {
    const names = facts.pipeline.machines.map(({ name }) => name);
    for (const { title, looks } of tourSteps) {
      const { node, block, cycle } = looks(facts);
      if (node !== undefined) expect(names, title).toContain(node);
      if (block !== undefined) expect(block, title).toBe("dws-1");
      if (cycle !== undefined) expect(cycle, title).toBeLessThan(facts.pipeline.simulation.cycles);
    }
  });

  test("the texts say what the report and the simulation say", () => {
    const { report } = facts.pipeline.design;
    const { frames, steady } = facts.pipeline.simulation;
    const inWords = (value: number) => value.toLocaleString("en-US");
    expect(find(/own hardware/).text(facts)).toContain(`${report.nodes.length} nodes`);
    expect(find(/bottleneck/).text(facts)).toContain(`${steady?.bottleneck.machine}`);
    expect(find(/frames in the pipe/).text(facts)).toContain(
      `frame 1 leaves at cycle ${inWords(frames[0]?.lastOut ?? -1)}`,
    );
    const mvau = tourBlock(facts.design)?.nodes.find(({ kind }) => kind === "MVAU");
    expect(find(/Folding/).text(facts)).toContain(
      `${mvau?.name} has PE ${mvau && "PE" in mvau.folding ? mvau.folding.PE : ""} × SIMD`,
    );
    expect(find(/Folding/).text(facts)).toContain(`${inWords(mvau?.cycles ?? -1)} cycles a frame`);
    expect(find(/answer/).text(facts)).toContain("giant panda, with logit −1,234");
  });

  test("the line buffer of a 3 × 3 window waits for two rows and three pixels", () => {
    const text = find(/line buffer/).text(facts);
    const [, height, width, taken] = /map has (\d+) × (\d+) pixels .* after ([\d,]+) of/.exec(text) ?? [];
    expect(height).toBe(width);
    expect(Number(taken?.replace(",", ""))).toBe(2 * Number(width) + 3);
  });

  test("the maps are those of the block's first node with thresholds", () => {
    const step = find(/feature maps/);
    expect(step.looks(facts).node).toBe("VVAU_hls_0");
    expect(step.text(facts)).toContain(
      "VVAU_hls_0 puts out 32 maps of 111 × 111 pixels, and each pixel has one of only 16 values.",
    );
  });

  test("four bits are fifteen thresholds", () => {
    expect(find(/Thresholds/).text(facts)).toMatch(
      /has 15 thresholds for each of its \d+ channels.+16 values/,
    );
  });

  test("the folding to try is legal, and slower", () => {
    const edit = find(/Folding/).trial.edit?.(facts);
    const row = facts.design?.report.nodes.find(({ name }) => name === edit?.node);
    expect(edit && row?.legal[edit.axis]).toContain(edit?.value);
    expect(row && edit && (row.folding as { PE: number; SIMD: number })[edit.axis]).toBeGreaterThan(
      edit?.value ?? Number.POSITIVE_INFINITY,
    );
  });
});

test("thresholds stand with the sums on the U250, and in a node of their own on the ZCU104", () => {
  const selectors = (["U250", "ZCU104"] as const).map(
    (board) => find(/Thresholds/).target({ ...nothingYet, design: designFor(board) }).selector,
  );
  expect(selectors).toEqual([
    '[data-kind="VVAU"] [data-tour="thresholds"]',
    '[data-kind="Thresholding"] [data-tour="thresholds"]',
  ]);
});
