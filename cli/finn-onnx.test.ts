import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../src/compiler/compile";
import { writeFinnOnnx } from "../src/compiler/finn-onnx";
import { createReferenceEngine } from "../src/emulator/reference/engine";
import { arbitraryCase } from "../src/emulator/testing/arbitrary-graph";
import type { DataflowGraph } from "../src/graph/dataflow";
import { nullOn } from "../src/graph/errors";
import { writeOnnx } from "../src/onnx/write";

/** The best classes, and how far apart all are: what is added to all alike, the compiler leaves out. */
async function answer(graph: DataflowGraph, input: Uint8Array) {
  const engine = await createReferenceEngine(graph);
  const { top, logits } = await engine.run(input);
  return { best: top.map(({ index }) => index), apart: Array.from(logits, (logit) => logit - logits[0]!) };
}

/** Written and compiled again; null if either refuses it, as it does what FINN has no form for. */
async function again(graph: DataflowGraph): Promise<DataflowGraph | null> {
  try {
    return (await compile(writeOnnx(writeFinnOnnx(graph)), { name: graph.name })).graph;
  } catch (error) {
    return nullOn("unsupported-model")(error);
  }
}

test("any graph that can be written as FINN-ONNX answers the same when it is compiled again, and then stays as it is", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCase, async ({ graph, input }) => {
      const once = await again(graph);
      fc.pre(once !== null);
      expect(await answer(once, input)).toEqual(await answer(graph, input));
      expect(await again(once)).toEqual(once);
    }),
    { numRuns: 100 },
  );
});
