import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageFormat } from "../src/graph/package/manifest";
import { binaryFile, manifestFile, type PackageFiles } from "../src/graph/package/write";
import { type FolderKind, writeOutputFolder } from "./output-folder";

/** A model package; what stands beside its two files stays. */
export const packageFolder: FolderKind = {
  what: "model package",
  earlierFiles: async (folder) => ((await holdsPackage(folder)) ? [binaryFile, manifestFile] : null),
};

/** Writes the two files of a package, the manifest last: without it there is no package. */
export function writePackageFolder(folder: string, { manifest, binary }: PackageFiles): Promise<void> {
  const files = new Map<string, string | Uint8Array>([
    [binaryFile, binary],
    [manifestFile, manifest],
  ]);
  return writeOutputFolder(folder, files, packageFolder);
}

async function holdsPackage(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, manifestFile), "utf8"));
    return (
      typeof manifest === "object" &&
      manifest !== null &&
      "format" in manifest &&
      manifest.format === packageFormat
    );
  } catch {
    return false;
  }
}
