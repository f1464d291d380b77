import { createStore, del, get, keys, set } from "idb-keyval";
import type { ModelPackage } from "../graph/package/read";

/**
 * Keeps checked and unpacked packages in the browser, by checksum, so that a second visit needs
 * neither the weights over the wire nor the checks. A store that fails (private windows, full
 * disks) is as good as an empty one.
 */
export interface PackageStore {
  get(checksum: string): Promise<ModelPackage | null>;
  put(modelPackage: ModelPackage): Promise<void>;
}

/** Raise this when the shape of `ModelPackage` or `DataflowGraph` changes. */
const shapeVersion = 1;
/** How many packages are kept; the least recently added goes first. */
const capacity = 4;

interface Entry {
  readonly addedAt: number;
  readonly modelPackage: ModelPackage;
}

export function browserPackageStore(): PackageStore {
  const store = createStore(`streamscope-packages-v${shapeVersion}`, "packages");
  return {
    async get(checksum) {
      try {
        return (await get<Entry>(checksum, store))?.modelPackage ?? null;
      } catch {
        return null;
      }
    },
    async put(modelPackage) {
      try {
        const entry: Entry = { addedAt: Date.now(), modelPackage };
        await set(modelPackage.checksum, entry, store);
        await evict(store);
      } catch {
        // Nothing is lost: the next visit loads the package again.
      }
    },
  };
}

async function evict(store: ReturnType<typeof createStore>): Promise<void> {
  const checksums = await keys<string>(store);
  if (checksums.length <= capacity) return;
  const ages = await Promise.all(
    checksums.map(async (key) => ({ key, addedAt: (await get<Entry>(key, store))?.addedAt ?? 0 })),
  );
  ages.sort((a, b) => a.addedAt - b.addedAt);
  await Promise.all(ages.slice(0, ages.length - capacity).map(({ key }) => del(key, store)));
}
