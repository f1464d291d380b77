import { join } from "node:path";
import { compileAndSummarise, packageOf, readLabels } from "../../cli/compile";
import { grouped, type Output } from "../../cli/output";
import { readNamedText } from "../../cli/read-file";
import { readModel } from "../../cli/read-model";
import { binaryFile, manifestFile } from "../../src/graph/package/write";
import { checkSamples, type Shown } from "./check-samples";
import { checkStructure } from "./check-structure";
import { places } from "./places";
import { readIfThere } from "./read-if-there";
import { type Files, replaceFiles } from "./replace-files";
import { makeSampleTops, readSampleInputs, type SampleTops } from "./sample-tops";
import { packSource, readSource } from "./source";
import { makeVectors } from "./vectors";

/**
 * Makes the package that ships, and all that tests expect of it, from an ONNX file, gzipped or not; without
 * one from that of the last time. The file becomes the fixture. Nothing changes unless all went well, and
 * nothing the second time. Throws what can be wrong with the file (`compile`), another network
 * (`checkStructure`), a bad one (`checkSamples`), and the system's errors.
 */
export async function refreshModel(root: string, source: string | null, output: Output): Promise<void> {
  const file = source ?? join(root, places.source);
  const bytes = await readSource(file);
  const labels = await readLabels(join(root, places.labels));
  const shown: Shown = JSON.parse(await readNamedText(join(root, places.shown)));
  const { graph: shipped } = await readModel(join(root, places.package));
  const { result } = await compileAndSummarise(bytes, file, { name: shipped.name }, output);
  checkStructure(result.graph, shipped);
  const { manifest, binary } = packageOf(result, { bytes, labels });

  output.print("\nThe sample photos ...");
  const tops = await makeSampleTops(result.graph, labels, await readSampleInputs(join(root, places.samples)));
  for (const line of topLines(tops)) output.print(line);
  const wrong = checkSamples(tops, shown);
  if (wrong.length > 0) output.print(`Not what the photo shows: ${wrong.join(", ")}.`);

  output.print("\nThe vectors ...");
  const vectors = await makeVectors(result.graph);

  const files = new Map([
    [places.source, packSource(bytes)],
    [`${places.package}/${binaryFile}`, binary],
    [`${places.package}/${manifestFile}`, encode(manifest)],
    [places.vectors, encode(jsonText(vectors))],
    [places.tops, encode(jsonText(tops))],
  ]);
  const changed = await changedFiles(root, files, output);
  await replaceFiles(root, changed);
  output.print(changed.size > 0 ? `Wrote ${changed.size} files.` : "All is as it was.");
}

/** The files that are not there yet as they should be; says of each what becomes of it. */
async function changedFiles(root: string, files: Files, output: Output): Promise<Files> {
  const changed = new Map<string, Uint8Array>();
  for (const [path, content] of files) {
    const before = await readIfThere(join(root, path));
    const same = before !== null && Buffer.compare(before, content) === 0;
    if (!same) changed.set(path, content);
    const was = before === null ? "new" : same ? "unchanged" : `was ${grouped(before.length)}`;
    output.print(`${path.padEnd(56)} ${grouped(content.length).padStart(9)} bytes, ${was}`);
  }
  return changed;
}

function topLines(tops: SampleTops): string[] {
  return Object.entries(tops).map(([photo, { top5 }]) => {
    return `${photo.padEnd(18)} ${top5.map(({ label, logit }) => `${label} ${logit}`).join(", ")}`;
  });
}

const encode = (text: string) => new TextEncoder().encode(text);

const jsonText = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
