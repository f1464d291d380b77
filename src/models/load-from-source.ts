import { throwIfAborted } from "../graph/errors";
import { readManifest, readPackage } from "../graph/package/read";
import type { PackageFiles } from "../graph/package/write";
import { type LoadedPackage, type LoadPackageOptions, loadPackage } from "./load-package";
import type { OwnPackage, PackageSource } from "./package-source";

/** The files that a compiler wrote, as a source takes them. Throws `bad-package` for what is no manifest. */
export function ownPackage({ manifest, binary }: PackageFiles): OwnPackage {
  return {
    checksum: readManifest(manifest).checksum,
    manifest: new Blob([manifest], { type: "application/json" }),
    binary: new Blob([binary.slice()]),
  };
}

/**
 * Loads a package from wherever it is. A user's own is checked like one from the site, and not kept
 * in the store: its files are at hand. Throws `network`, `bad-package` or `aborted`.
 */
export async function loadFromSource(
  source: PackageSource,
  options: LoadPackageOptions = {},
): Promise<LoadedPackage> {
  if ("manifestUrl" in source) return loadPackage(source.manifestUrl, options);
  const { signal, onProgress } = options;
  const start = performance.now();
  onProgress?.("checks", 0, 1);
  const manifest = readManifest(await source.own.manifest.text());
  const binary = new Uint8Array(await source.own.binary.arrayBuffer());
  throwIfAborted(signal);
  const fetched = performance.now();
  const modelPackage = readPackage(manifest, binary);
  throwIfAborted(signal);
  return {
    modelPackage,
    fromStore: true,
    timeMs: { fetch: fetched - start, check: performance.now() - fetched },
  };
}
