/** Where a package comes from: the site, or the user, whose ONNX file was compiled in this browser. */
export type PackageSource = SitePackage | { readonly own: OwnPackage };

export interface SitePackage {
  /** Absolute URL of the package's manifest. */
  readonly manifestUrl: string;
}

/** A package's files. Blobs cross to workers and into the browser's store without being copied. */
export interface OwnPackage {
  /** That of the manifest: names the package. */
  readonly checksum: string;
  readonly manifest: Blob;
  readonly binary: Blob;
}

/** Equal for sources of the same package. */
export function sourceId(source: PackageSource): string {
  return "own" in source ? source.own.checksum : source.manifestUrl;
}
