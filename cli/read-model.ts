import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CompileOptions, compile } from "../src/compiler/compile";
import type { DataflowGraph } from "../src/graph/dataflow";
import { readManifest, readPackage } from "../src/graph/package/read";
import { sha256Hex } from "../src/graph/package/sha256";
import { manifestFile } from "../src/graph/package/write";
import { aboutFile } from "./about-file";
import { readNamedFile, readNamedText } from "./read-file";

/** The package that the app ships. */
export const shippedModel = fileURLToPath(new URL("../public/models/mobilenetv1-w4a4", import.meta.url));

export interface Model {
  /** With absorbed thresholds, if it is from an ONNX file. */
  readonly graph: DataflowGraph;
  /** Of the ONNX file it was compiled from; null if a package does not say. */
  readonly sourceSha256: string | null;
  /** What was assumed about the model, in sentences. */
  readonly notes: readonly string[];
}

export type ReadModelOptions = Pick<CompileOptions, "preprocessing" | "signal">;

/** Reads an ONNX file, and compiles it, or a model package's folder. Throws what `compile` and `readPackage` throw. */
export async function readModel(path: string, options: ReadModelOptions = {}): Promise<Model> {
  const isFolder = (await stat(path)).isDirectory();
  return (isFolder ? readPackageFolder(path) : readOnnxFile(path, options)).catch(aboutFile(path));
}

async function readPackageFolder(folder: string): Promise<Model> {
  const manifest = readManifest(await readNamedText(join(folder, manifestFile)));
  const binary = await readNamedFile(join(folder, manifest.binary.file));
  const { graph, sourceSha256 } = readPackage(manifest, binary);
  return { graph, sourceSha256, notes: [] };
}

async function readOnnxFile(file: string, options: ReadModelOptions): Promise<Model> {
  const bytes = await readNamedFile(file);
  const { graph, notes } = await compile(bytes, { ...options, name: nameOfFile(file) });
  return { graph, sourceSha256: sha256Hex(bytes), notes };
}

/** What a network is called if nobody says otherwise: `cifar.onnx` holds `cifar`. */
export function nameOfFile(file: string): string {
  return basename(file).replace(/\.onnx$/i, "");
}
