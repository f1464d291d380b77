import { createReferenceEngine } from "../../src/emulator/reference/engine";
import {
  type SyntheticImage,
  syntheticImage,
  syntheticImages,
} from "../../src/emulator/vectors/synthetic-images";
import { checksum, type Vector, vectorNodes, vectorOf } from "../../src/emulator/vectors/vector";
import type { DataflowGraph } from "../../src/graph/dataflow";

/**
 * Checksums of every layer on the synthetic images, by the reference engine. Tests hold the other
 * engines, and the endpoint's emulator, to them. Throws `bad-input` for a network that reads no such images.
 */
export async function makeVectors(graph: DataflowGraph): Promise<Record<SyntheticImage, Vector>> {
  const taps = vectorNodes(graph).map(({ name }) => name);
  const engine = await createReferenceEngine(graph);
  try {
    const vectors: Partial<Record<SyntheticImage, Vector>> = {};
    for (const name of syntheticImages) {
      const input = syntheticImage(name);
      const result = await engine.run(input, { taps });
      vectors[name] = { input_crc32: checksum(input), ...vectorOf(graph, result) };
    }
    return vectors as Record<SyntheticImage, Vector>;
  } finally {
    engine.dispose();
  }
}
