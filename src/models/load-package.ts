import { throwIfAborted } from "../graph/errors";
import { type ModelPackage, readManifest, readPackage } from "../graph/package/read";
import { fetchBytes } from "./fetch-bytes";
import type { PackageStore } from "./package-store";
import { takeTurn } from "./take-turn";

export interface LoadPackageOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (stage: keyof typeof stageLabels, done: number, total: number) => void;
  readonly store?: PackageStore | null;
  readonly fetch?: typeof fetch;
}

export interface LoadedPackage {
  readonly modelPackage: ModelPackage;
  readonly fromStore: boolean;
  readonly timeMs: { readonly fetch: number; readonly check: number };
}

/** The stages of a load, with a few words for people. */
export const stageLabels = {
  manifest: "Asking for the model",
  weights: "Loading the weights",
  checks: "Checking the package",
} as const;

const maxManifestBytes = 8 * 2 ** 20;

/**
 * Loads a package by the URL of its manifest. The manifest always comes from the server, so that
 * a new model is seen; the weights only if the store does not have a package of that checksum.
 * Who wants the same package meanwhile, in another worker or tab, waits, and finds it in the store.
 * Throws `network`, `bad-package` or `aborted`.
 */
export async function loadPackage(
  manifestUrl: string,
  options: LoadPackageOptions = {},
): Promise<LoadedPackage> {
  const { signal, onProgress, store } = options;
  const transport = { signal, ...(options.fetch ? { fetch: options.fetch } : {}) };
  const start = performance.now();
  onProgress?.("manifest", 0, 1);
  const text = new TextDecoder().decode(
    await fetchBytes(manifestUrl, "model's manifest", { ...transport, maxBytes: maxManifestBytes }),
  );
  const manifest = readManifest(text);
  const endTurn = store ? await takeTurn(`streamscope-package-${manifest.checksum}`, signal) : () => {};
  let kept: Promise<void> | undefined;
  try {
    const stored = await store?.get(manifest.checksum);
    throwIfAborted(signal);
    if (stored) {
      return {
        modelPackage: stored,
        fromStore: true,
        timeMs: { fetch: performance.now() - start, check: 0 },
      };
    }
    const total = manifest.binary.bytes;
    onProgress?.("weights", 0, total);
    const binary = await fetchBytes(new URL(manifest.binary.file, manifestUrl).href, "model's weights", {
      ...transport,
      maxBytes: total,
      onProgress: (received) => onProgress?.("weights", received, total),
    });
    const fetched = performance.now();
    onProgress?.("checks", 0, 1);
    const modelPackage = readPackage(manifest, binary);
    const checked = performance.now();
    throwIfAborted(signal);
    // Not waited for: the first answer is worth more than the store.
    kept = store?.put(modelPackage);
    return { modelPackage, fromStore: false, timeMs: { fetch: fetched - start, check: checked - fetched } };
  } finally {
    void Promise.resolve(kept).finally(endTurn);
  }
}
