import { expect, test } from "vitest";
import { StreamscopeError } from "../graph/errors";
import { readFoldingFile, writeFoldingFile } from "./folding-file";
import { mobilenetFoldings } from "./presets";

test.each(["U250", "ZCU102", "ZCU104"] as const)("FINN's folding for the %s is written and read", (board) => {
  const folding = mobilenetFoldings[board]();
  const text = writeFoldingFile(folding);
  expect(readFoldingFile(text)).toEqual(folding);
  expect(JSON.parse(text)).toMatchObject({ Defaults: {}, ConvolutionInputGenerator_rtl_14: {} });
});

test("defaults for op types and unusual values come back as they were", () => {
  const text = JSON.stringify({
    Defaults: { ram_style: ["block", ["MVAU_hls", "VVAU"]], PE: [2, "all"] },
    MVAU_hls_0: { PE: 4, inFIFODepths: [16] },
  });
  const read = readFoldingFile(text);
  expect(read.defaults.get("PE")).toEqual({ value: 2, opTypes: ["all"] });
  expect(read.nodes.get("MVAU_hls_0")).toEqual({ PE: 4, inFIFODepths: [16] });
  expect(readFoldingFile(writeFoldingFile(read))).toEqual(read);
  expect(readFoldingFile("{}")).toEqual({ defaults: new Map(), nodes: new Map() });
});

test.each([
  ["not json", "is not JSON"],
  ["[]", "wrong at"],
  ["3", "wrong at the top"],
  ['{"MVAU_hls_0": 4}', "wrong at MVAU_hls_0"],
  ['{"MVAU_hls_0": {"PE": null}}', "wrong at MVAU_hls_0.PE"],
  ['{"Defaults": {"PE": 4}}', "wrong at Defaults.PE"],
])("%s: %s", (text, problem) => {
  expect(() => readFoldingFile(text)).toThrow(StreamscopeError);
  expect(() => readFoldingFile(text)).toThrow(problem);
});
