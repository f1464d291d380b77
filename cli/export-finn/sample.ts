import { createReferenceEngine } from "../../src/emulator/reference/engine";
import { type DataflowGraph, type IntegerArray, mapShape, type Stream } from "../../src/graph/dataflow";
import { integerArray } from "../../src/graph/integer-array";

/** An input of a network, and the indices of its best classes, best first. */
export interface Sample {
  /** In the shape of `graph.input`, channels last. */
  readonly input: IntegerArray;
  readonly classes: readonly number[];
}

/** Classifies a synthetic image with the reference engine. */
export async function sampleOf(graph: DataflowGraph, signal: AbortSignal): Promise<Sample> {
  const input = syntheticInput(graph.input);
  const engine = await createReferenceEngine(graph, { signal });
  try {
    const { top } = await engine.run(new Uint8Array(input.buffer), { signal });
    return { input, classes: top.map(({ index }) => index) };
  } finally {
    engine.dispose();
  }
}

/** Waves of three lengths that cross, over the whole range of the type; no two channels are alike. */
export function syntheticInput(stream: Stream): IntegerArray {
  const { height, width, channels } = mapShape(stream);
  const { name, min, max } = stream.datatype;
  const values = integerArray(stream.datatype, height * width * channels);
  let i = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const waves =
          wave(3 * x + y * (c + 1), 97) + wave(5 * y + x * (c + 2), 61) + wave(x + y + 37 * c, 131);
        const share = waves / 3;
        // BIPOLAR has no 0.
        values[i++] =
          name === "BIPOLAR" ? (share < 0.5 ? min : max) : min + Math.floor(share * (max - min + 1));
      }
    }
  }
  return values;
}

/** From below 1 at 0 down to 0 at `period`, and up again, in straight lines. */
function wave(at: number, period: number): number {
  return Math.abs((at % (2 * period)) - period) / (period + 1);
}
