import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type AttributeValue, emptyFolding, type FoldingConfig } from "../../hardware/folding-config";
import { mobilenetFoldings } from "../../hardware/presets";
import { foldingDifferences, isFoldingText, withDifferences } from "./folding-link";

const preset = mobilenetFoldings.U250();
const edited = (changes: Record<string, Record<string, AttributeValue>>): FoldingConfig => ({
  ...preset,
  nodes: new Map([
    ...preset.nodes,
    ...Object.entries(changes).map(
      ([name, given]) => [name, { ...preset.nodes.get(name), ...given }] as const,
    ),
  ]),
});

test("the folding itself needs no words", () => {
  expect(foldingDifferences(preset, mobilenetFoldings.U250())).toBe("");
  expect(withDifferences(preset, "")).toEqual(preset);
});

test("only what differs is written, in characters that an address leaves alone", () => {
  const text = foldingDifferences(edited({ MVAU_hls_3: { PE: 64 }, VVAU_hls_0: { PE: 8, SIMD: 3 } }), preset);
  expect(text).toBe("VVAU_hls_0.PE-8.SIMD-3*MVAU_hls_3.PE-64");
  expect(new URLSearchParams({ text }).toString()).toBe(`text=${text}`);
});

test("what is only in the base is written without a value", () => {
  const nodes = new Map([...preset.nodes].filter(([name]) => name !== "MVAU_hls_0"));
  const text = foldingDifferences({ ...preset, nodes }, preset);
  expect(text).toBe("MVAU_hls_0.PE-.SIMD-.ram_style-.mem_mode-.resType-");
  expect(withDifferences(preset, text).nodes.get("MVAU_hls_0")).toEqual({});
});

test("any folding comes back", () => {
  const name = fc.stringMatching(/^[A-Za-z]\w{0,9}$/).filter((text) => text !== "Defaults");
  const value = fc.oneof(
    fc.nat(1e6),
    fc.stringMatching(/^[A-Za-z]\w{0,9}$/),
    fc.array(fc.nat(1e6), { maxLength: 3 }),
  );
  const folding = fc.record({
    defaults: fc
      .dictionary(name, fc.record({ value, opTypes: fc.array(name, { maxLength: 2 }) }), { maxKeys: 3 })
      .map((entries) => new Map(Object.entries(entries))),
    nodes: fc
      .dictionary(name, fc.dictionary(name, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true }), {
        maxKeys: 4,
        noNullPrototype: true,
      })
      .map((entries) => new Map(Object.entries(entries))),
  });
  fc.assert(
    fc.property(folding, (config) => {
      const text = foldingDifferences(config, emptyFolding);
      expect(isFoldingText(text)).toBe(true);
      expect(withDifferences(emptyFolding, text)).toEqual(config);
    }),
  );
});

test.each([
  "MVAU_hls_3",
  "MVAU_hls_3.PE",
  "MVAU_hls_3.PE-1-2",
  "MVAU_hls_3.PE-1e9",
  "MVAU_hls_3.PE--1",
  "MVAU_hls_3.PE-0.5",
  "MVAU_hls_3.PE-_1_x",
  "__proto__.PE-1",
  "MVAU_hls_3.PE-1*",
  `${"MVAU_hls_3.PE-1*".repeat(9999)}VVAU_hls_0.PE-1`,
])("nonsense is no folding: %.40s", (text) => expect(isFoldingText(text)).toBe(false));
