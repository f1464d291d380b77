import { expect, test } from "vitest";
import { verifyVectors } from "../../cli/verify-vectors";
import { mobilenetShaped } from "../../src/emulator/testing/mobilenet";
import { syntheticImages } from "../../src/emulator/vectors/synthetic-images";
import { makeVectors } from "./vectors";

test("a network agrees with its vectors, and another one does not", async () => {
  const [graph, other] = [1, 2].map((seed) => mobilenetShaped({ seed, width: 1 / 32, classes: 10 }));
  const vectors = new Map(Object.entries(await makeVectors(graph!))) as Parameters<typeof verifyVectors>[1];
  // The input, 27 layers, the pool, the logits, the classes and their logits.
  const checked = 32 * syntheticImages.length;
  expect(await verifyVectors(graph!, vectors, () => {})).toEqual({ checked, differing: 0 });
  expect((await verifyVectors(other!, vectors, () => {})).differing).toBeGreaterThan(0);
});
