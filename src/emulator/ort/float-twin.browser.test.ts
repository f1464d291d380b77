import { expect, it } from "vitest";
import { int, uint } from "../../graph/datatype";
import { createReferenceEngine } from "../reference/engine";
import { Chain } from "../testing/chain";
import { Random } from "../testing/random";
import { randomWeights, spreadingThresholds } from "../testing/random-layer";
import { writeFloatTwin } from "./float-twin";
import { loadRuntime } from "./runtime";

it("follows the integers of a layer within half a step", async () => {
  const random = new Random(1);
  const chain = new Chain("test", { shape: [1, 9, 9, 3], datatype: uint(8) })
    .pad(1, 0, 0, 1)
    .window([10, 10]);
  const weights = randomWeights(random, int(8), [40, 300]);
  const thresholds = spreadingThresholds(random, weights, uint(8), 15);
  const graph = chain.mvau(weights, { thresholds, actVal: 0 }, uint(4)).labelSelect(1).graph();
  const input = random.input(uint(8), graph.input.shape);
  const { logits } = await (await createReferenceEngine(graph)).run(input);

  const ort = await loadRuntime();
  const session = await ort.InferenceSession.create(writeFloatTwin(graph));
  const feed = new ort.Tensor("float32", Float32Array.from(input), graph.input.shape);
  const outputs = await session.run({ [session.inputNames[0] ?? ""]: feed });
  await session.release();
  const floats = outputs[session.outputNames[0] ?? ""]?.data as Float32Array;

  expect(new Set(logits).size).toBeGreaterThan(8);
  expect(floats).toHaveLength(logits.length);
  for (const [i, logit] of logits.entries()) expect(Math.abs((floats[i] ?? 99) - logit)).toBeLessThan(0.51);
});
