import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writePackageFolder } from "../../cli/package-folder";
import { readModel } from "../../cli/read-model";
import { streamscope } from "../../cli/testing/run-in-process";
import { readVectors, verifyVectors } from "../../cli/verify-vectors";
import { writePackage } from "../../src/graph/package/write";
import { places } from "./places";
import { refreshModel } from "./refresh";
import type { SampleTops } from "./sample-tops";

const repository = fileURLToPath(new URL("../../", import.meta.url));
/** A thin network with 40 classes, pre- and post-processing inside; its twin in FINN's dialect. */
const thin = join(repository, "fixtures/onnx/mnv1_qonnx_prepost.onnx");
const twin = join(repository, "fixtures/onnx/mnv1_finn_opset13.onnx");
const names = Array.from({ length: 40 }, (_, i) => `class ${i}`);

/** A repository with nothing but what a refresh needs, and the same network with other weights as its own. */
let root: string;
let printed: string[];
const output = { print: (line: string) => void printed.push(line), complain: () => {} };

beforeEach(async () => {
  printed = [];
  root = await mkdtemp(join(tmpdir(), "streamscope-"));
  const folders = [places.source, places.vectors].map(dirname);
  for (const folder of [...folders, places.package, places.samples]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const photo of ["bee", "tiger"]) {
    const path = `${places.samples}/${photo}.bin.gz`;
    await cp(join(repository, path), join(root, path));
  }
  const { graph } = await readModel(twin);
  const other = structuredClone(graph);
  const [, first] = other.nodes;
  if (first?.kind === "MVAU") first.weights.data.reverse();
  await writePackageFolder(
    join(root, places.package),
    writePackage({ ...other, name: "thin" }, { compiler: "test" }),
  );
  await write(places.shown, JSON.stringify({ "bee.jpg": names, "tiger.jpg": names }));
  await write(places.labels, `${names.join("\n")}\n`);
});
afterEach(() => rm(root, { recursive: true }));

const write = (path: string, content: string) => writeFile(join(root, path), content);

/** All files under the root with what is in them. */
async function everything(): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.sort().map(async (file) => [file, await readFile(file, "base64")] as const)),
  );
}

test("package, vectors and classes of the photos are made of a file, which becomes the source", async () => {
  await refreshModel(root, thin, output);

  const packed = await readFile(join(root, places.source));
  expect(Buffer.compare(gunzipSync(packed), await readFile(thin))).toBe(0);

  // The same bytes as by the command line.
  const byHand = join(root, "by-hand");
  const flags = ["--name", "thin", "--labels", join(root, places.labels), "--out", byHand];
  expect(await streamscope("compile", thin, ...flags)).toMatchObject({ code: 0 });
  for (const file of ["manifest.json", "weights.bin"]) {
    const made = await readFile(join(root, places.package, file));
    expect(Buffer.compare(made, await readFile(join(byHand, file)))).toBe(0);
  }

  // The file in the other dialect, compiled for itself, has these very vectors.
  const { graph } = await readModel(twin);
  const { checked, differing } = await verifyVectors(
    graph,
    await readVectors(join(root, places.vectors)),
    () => {},
  );
  expect({ enough: checked > 200, differing }).toEqual({ enough: true, differing: 0 });

  const tops: SampleTops = JSON.parse(await readFile(join(root, places.tops), "utf8"));
  expect(Object.keys(tops)).toEqual(["bee.jpg", "tiger.jpg"]);
  const [best] = tops["bee.jpg"]!.top5;
  expect(best?.label).toBe(names[best?.index ?? -1]);
  expect(printed.at(-1)).toBe("Wrote 5 files.");
});

test("the second time nothing changes, with the file or without it", async () => {
  await refreshModel(root, thin, output);
  const once = await everything();
  await refreshModel(root, null, output);
  expect(printed.at(-1)).toBe("All is as it was.");
  await refreshModel(root, join(root, places.source), output);
  expect(printed.at(-1)).toBe("All is as it was.");
  expect(await everything()).toEqual(once);
});

test.each([
  {
    what: "a network that names the photos wrongly",
    prepare: () => write(places.shown, '{"bee.jpg": [], "tiger.jpg": []}'),
    source: thin,
    says: "names 0 of the 2 sample photos rightly",
  },
  {
    what: "another network",
    prepare: async () => {},
    source: join(repository, "fixtures/onnx/chain_mixed.onnx"),
    says: "another network than the app is about",
  },
  {
    what: "a damaged file",
    prepare: async () => {},
    source: join(repository, "fixtures/onnx/refuse_truncated.onnx"),
    says: "damaged or cut off",
  },
  {
    what: "class names that are too few",
    prepare: () => write(places.labels, "one\n"),
    source: thin,
    says: "The labels file has 1 lines, but the network has 40 classes.",
  },
])("$what changes nothing", async ({ prepare, source, says }) => {
  await prepare();
  const before = await everything();
  await expect(refreshModel(root, source, output)).rejects.toThrow(says);
  expect(await everything()).toEqual(before);
});
