import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StreamscopeError } from "../src/graph/errors";
import { packageFormat } from "../src/graph/package/manifest";
import { binaryFile, manifestFile, type PackageFiles } from "../src/graph/package/write";

/**
 * May a package be written to this folder? Only if it does not exist, is empty, or holds a package
 * that may be replaced. Throws `bad-input` for any other.
 */
export async function checkPackageFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries.length === 0 || (await holdsPackage(folder))) return;
  throw new StreamscopeError(
    "bad-input",
    `${folder} holds other files and no model package. Choose an empty folder or a new name.`,
    { folder },
  );
}

/**
 * Writes the two files of a package, the manifest last. Each is written under another name first
 * and then renamed, so that a failure leaves the old file or none, never half of one.
 */
export async function writePackageFolder(folder: string, { manifest, binary }: PackageFiles): Promise<void> {
  await checkPackageFolder(folder);
  await mkdir(folder, { recursive: true });
  const files = [
    { path: join(folder, binaryFile), content: binary },
    { path: join(folder, manifestFile), content: manifest },
  ];
  const partial = (path: string) => `${path}.partial-${process.pid}`;
  try {
    for (const { path, content } of files) await writeFile(partial(path), content);
    for (const { path } of files) await rename(partial(path), path);
  } finally {
    for (const { path } of files) await rm(partial(path), { force: true });
  }
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
