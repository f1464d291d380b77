import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { readNamedFile } from "../../cli/read-file";
import { createReferenceEngine } from "../../src/emulator/reference/engine";
import { checksum } from "../../src/emulator/vectors/vector";
import type { DataflowGraph } from "../../src/graph/dataflow";

/** What a network says of a sample photo. */
export interface SampleTop {
  readonly input_crc32: number;
  /** Best first. */
  readonly top5: readonly { readonly index: number; readonly label: string; readonly logit: number }[];
}

/** By the photo's file, such as `bee.jpg`. */
export type SampleTops = Readonly<Record<string, SampleTop>>;

const ending = ".bin.gz";

/** What of each sample photo goes into the network, by the photo's file, in the order of the files' names. */
export async function readSampleInputs(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending)).sort();
  const inputs = new Map<string, Uint8Array>();
  for (const file of files) {
    inputs.set(`${file.slice(0, -ending.length)}.jpg`, gunzipSync(await readNamedFile(join(folder, file))));
  }
  return inputs;
}

/** The best classes of each photo, by the reference engine. Throws `bad-input` if the sizes are not the network's. */
export async function makeSampleTops(
  graph: DataflowGraph,
  labels: readonly string[],
  inputs: ReadonlyMap<string, Uint8Array>,
): Promise<SampleTops> {
  const engine = await createReferenceEngine(graph);
  try {
    const tops: Record<string, SampleTop> = {};
    for (const [photo, input] of inputs) {
      const { top } = await engine.run(input);
      tops[photo] = {
        input_crc32: checksum(input),
        top5: top.map(({ index, logit }) => ({ index, label: labels[index] ?? "", logit })),
      };
    }
    return tops;
  } finally {
    engine.dispose();
  }
}
