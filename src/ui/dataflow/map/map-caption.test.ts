import { beforeAll, expect, test } from "vitest";
import { mobilenetFoldings } from "../../../hardware/presets";
import { withDifferences } from "../../state/folding-link";
import type { Pipeline } from "../model/pipeline";
import { simulated } from "../testing/simulated";
import { mapCaption } from "./map-caption";

const base = { config: mobilenetFoldings.U250(), preset: true };
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await simulated("U250", { frames: 1 });
}, 60_000);

const withChanges = (text: string): Pipeline => ({
  ...pipeline,
  design: { ...pipeline.design, config: withDifferences(base.config, text) },
});

test("it names board, folding and cycle", () => {
  const cycles = pipeline.simulation.cycles.toLocaleString("en-US");
  expect(mapCaption(pipeline, 12_000, base)).toMatch(
    new RegExp(`^Board U250, FINN’s folding\\. Cycle 12,000 of ${cycles}, [\\d.]+ .s after the start\\.$`),
  );
  expect(mapCaption(pipeline, 0, { ...base, preset: false })).toContain("the folding worked out for it.");
  expect(mapCaption(pipeline, 0, undefined)).toContain("a folding of its own.");
});

test("of a changed folding it names the changes, and counts the rest", () => {
  expect(mapCaption(withChanges("MVAU_hls_1.PE-8.SIMD-2"), 0, base)).toContain(
    "FINN’s folding changed at MVAU_hls_1 PE 8 SIMD 2. Cycle",
  );
  const six = [1, 2, 3, 4, 5, 6].map((i) => `MVAU_hls_${i}.PE-1`).join("*");
  expect(mapCaption(withChanges(six), 0, base)).toMatch(/MVAU_hls_4 PE 1, 2 more\./);
});
